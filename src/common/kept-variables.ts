/** What a program of somebody's may need of this process's own variables: how to start, where its libraries are. */
const kept =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|COMSPEC|PATHEXT|WINDIR|APPDATA|LOCALAPPDATA|USERPROFILE|PYTHON\w*|VIRTUAL_ENV|CONDA_\w+|PYENV_\w+|R_HOME|R_LIBS\w*|JAVA_HOME|MLFLOW_TRACKING_URI|NODE_PATH|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|CUDA_\w+|(OMP|MKL|OPENBLAS|NUMEXPR)_NUM_THREADS)$/i;

/** Those of this process that a program gets: no credentials, no tokens, nothing that nobody thought of. */
export function keptVariables(own: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const entries = Object.entries(own).filter(([name, value]) => kept.test(name) && value !== undefined);
  return Object.fromEntries(entries) as Record<string, string>;
}
