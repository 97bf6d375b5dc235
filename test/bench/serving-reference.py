"""What people write themselves: FastAPI + LightGBM behind uvicorn, one process, each exchange appended to a file.

make FOLDER: two models and the rows to ask with.   serve FOLDER MODEL TOKEN PORT: the service.
"""
import json
import sys
from datetime import datetime, timezone
from pathlib import Path

import lightgbm as lgb
import numpy as np

MODELS = {"seven": (7, 60, 15), "large": (28, 100, 31)}


def make(folder: Path) -> None:
    random = np.random.default_rng(7)
    for name, (width, rounds, leaves) in MODELS.items():
        rows = random.normal(size=(20_000, width))
        label = (rows[:, 0] + rows[:, 1] * rows[:, 2] + random.normal(size=len(rows)) > 0).astype(int)
        names = [f"f{place}" for place in range(width)]
        parameters = {"objective": "binary", "num_leaves": leaves, "num_threads": 1, "verbose": -1, "seed": 7}
        booster = lgb.train(parameters, lgb.Dataset(rows, label, feature_name=names), rounds)
        booster.save_model(str(folder / f"{name}.txt"))
        asked = random.normal(size=(1_000, width)).round(4)
        (folder / f"{name}.json").write_text(
            json.dumps({"names": names, "rows": asked.tolist(), "scores": booster.predict(asked).tolist()})
        )


def serve(folder: Path, model: str, token: str, port: int) -> None:
    import uvicorn
    from fastapi import FastAPI, Header, HTTPException, Request

    booster = lgb.Booster(model_file=str(folder / f"{model}.txt"))
    names = booster.feature_name()
    capture = open(folder / f"{model}-capture.jsonl", "a")
    app = FastAPI()

    @app.get("/ping")
    async def ping():
        return {"status": "ok"}

    @app.post("/invocations")
    async def invocations(request: Request, authorization: str = Header("")):
        if authorization != f"Bearer {token}":
            raise HTTPException(401)
        body = await request.body()
        features = json.loads(body)["features"]
        if isinstance(features, dict):
            rows = np.array([[features[name] for name in names]], dtype=float)
        else:
            rows = np.array(features, dtype=float)
        probabilities = booster.predict(rows, num_threads=1)
        answer = {"predictions": (probabilities >= 0.5).astype(int).tolist(), "probabilities": probabilities.tolist()}
        at = datetime.now(timezone.utc).isoformat()
        capture.write(json.dumps({"at": at, "input": body.decode(), "output": json.dumps(answer)}) + "\n")
        capture.flush()
        return answer

    uvicorn.run(app, host="127.0.0.1", port=port, workers=1, log_level="warning", access_log=False)


if __name__ == "__main__":
    what, folder, *rest = sys.argv[1:]
    if what == "make":
        make(Path(folder))
    else:
        serve(Path(folder), rest[0], rest[1], int(rest[2]))
