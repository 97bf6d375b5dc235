import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

/** What can follow the words of a command: commands below it, and its options. */
export interface Followers {
  /** `bucket ls`; empty for `mlops` itself. */
  path: string;
  words: { word: string; about: string }[];
}

/** The whole command line as a shell needs it: after which words what can stand. */
export function followersOf(program: Command, path: string[] = []): Followers[] {
  const options = path.length === 0 ? program.options : [...program.options, ...rootOf(program).options];
  const words = [
    ...program.commands.map((child) => ({ word: child.name(), about: child.description() })),
    ...options.flatMap(({ long, description }) => (long == null ? [] : [{ word: long, about: description }])),
  ];
  const known = new Set<string>();
  const own = words.filter(({ word }) => !known.has(word) && known.add(word));
  return [
    { path: path.join(' '), words: own },
    ...program.commands.flatMap((child) => followersOf(child, [...path, child.name()])),
  ];
}

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent);
}

/** A script that its shell reads at its start, and that starts nothing when a word is completed. */
export function completionScript(program: Command, shell: Shell): string {
  const all = followersOf(program);
  switch (shell) {
    case 'bash':
      return bash(all);
    case 'zsh':
      return `#compdef mlops\nautoload -U +X bashcompinit && bashcompinit\n${bash(all)}`;
    case 'fish':
      return fish(all);
    case 'powershell':
      return powershell(all);
  }
}

/** Words that take the next one as their value are told apart by nothing here: after one, files are offered. */
function bash(all: readonly Followers[]): string {
  const cases = all.map(({ path, words }) => `    '${path}') words='${words.map(({ word }) => word).join(' ')}' ;;`);
  return `# Completion of mlops. In ~/.bashrc: eval "$(mlops completion bash)"; in ~/.zshrc: eval "$(mlops completion zsh)"
_mlops_words() {
  case "$1" in
${cases.join('\n')}
    *) return 1 ;;
  esac
}
_mlops() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' next words='' at
  for ((at = 1; at < COMP_CWORD; at++)); do
    next="\${path:+$path }\${COMP_WORDS[at]}"
    case "\${COMP_WORDS[at]}" in --project | --env | --confirm) at=$((at + 1)) ;; -*) ;; *) _mlops_words "$next" && path="$next" ;; esac
  done
  _mlops_words "$path"
  COMPREPLY=()
  while IFS='' read -r next; do COMPREPLY+=("$next"); done < <(compgen -W "$words" -- "$current")
}
complete -o default -F _mlops mlops
`;
}

function fish(all: readonly Followers[]): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = all.flatMap(({ path, words }) =>
    words.map(({ word, about }) => {
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`;
      return `complete -c mlops -n ${quoted(`__mlops_after ${path}`.trim())} ${what} -d ${quoted(about)}`;
    }),
  );
  return `# Completion of mlops. In ~/.config/fish/config.fish: mlops completion fish | source
function __mlops_after
    set -l said
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; or set -a said $word
    end
    test "$said[1..(count $argv)]" = "$argv" -a (count $said) -eq (count $argv)
end
${lines.join('\n')}
`;
}

function powershell(all: readonly Followers[]): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const rows = all.map(
    ({ path, words }) => `    ${quoted(path)} = @(${words.map(({ word }) => quoted(word)).join(', ')})`,
  );
  return `# Completion of mlops. In $PROFILE: mlops completion powershell | Out-String | Invoke-Expression
$MlopsWords = @{
${rows.join('\n')}
}
Register-ArgumentCompleter -Native -CommandName mlops -ScriptBlock {
    param($current, $line, $at)
    $path = ''
    foreach ($element in ($line.CommandElements | Select-Object -Skip 1)) {
        $next = ("$path " + $element.ToString()).Trim()
        if ($MlopsWords.ContainsKey($next) -and $element.Extent.EndOffset -lt $at) { $path = $next }
    }
    $MlopsWords[$path] | Where-Object { $_ -like "$current*" } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_)
    }
}
`;
}
