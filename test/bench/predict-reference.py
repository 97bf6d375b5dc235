"""What people do today: a table scored with pandas and LightGBM, from Parquet to Parquet; and the rows and model for it."""
import sys

folder, what = sys.argv[2], sys.argv[1]
if what == "make":
    import lightgbm as lgb
    import numpy as np
    import pandas as pd

    rows, columns = int(sys.argv[3]), 20
    rng = np.random.default_rng(3)
    table = rng.normal(size=(rows, columns))
    wave = table[:, 0] * table[:, 1] + np.sin(table[:, 2] * 2) + table[:, 3] - 0.5 * table[:, 4] ** 2
    label = ((wave + rng.normal(size=rows) * 0.5) > 0).astype(int)
    frame = pd.DataFrame(table, columns=[f"x{place}" for place in range(columns)])
    learned = min(rows, 200_000)
    model = lgb.train(dict(objective="binary", verbose=-1), lgb.Dataset(frame[:learned], label[:learned]), 100)
    model.save_model(f"{folder}/model.txt")
    frame.insert(0, "id", [f"C{row:07d}" for row in range(rows)])
    frame.to_parquet(f"{folder}/rows.parquet", index=False)
    pd.concat([frame, frame]).to_parquet(f"{folder}/twice.parquet", index=False, row_group_size=100_000)
    few = frame.head(4000).assign(label=np.where(label[:4000] == 1, "yes", "no"))
    few.to_csv(f"{folder}/few.csv", index=False)
elif what == "score":
    import lightgbm as lgb
    import pandas as pd

    model = lgb.Booster(model_file=f"{folder}/model.txt")
    frame = pd.read_parquet(f"{folder}/rows.parquet")
    frame["probability"] = model.predict(frame[model.feature_name()])
    frame["prediction"] = (frame["probability"] >= 0.5).astype("int8")
    frame.to_parquet(f"{folder}/theirs.parquet", index=False)
else:
    import pandas as pd

    ours, theirs = (pd.read_parquet(f"{folder}/{name}.parquet") for name in ("ours", "theirs"))
    same = (ours["id"] == theirs["id"]).all()
    print((ours["probability"] - theirs["probability"]).abs().max() if same else "other rows")
