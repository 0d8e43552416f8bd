namespace ElasticNet.Fast.Cli;

/// <summary>Scripts by which a shell completes commands and options, and files where neither is wanted.</summary>
internal static class CompletionScript
{
    /// <summary>The script of a shell.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static string Of(string shell, IReadOnlyList<CommandPage> pages) => shell switch
    {
        "bash" => $$"""
            # enet completion bash > ~/.local/share/bash-completion/completions/enet
            _enet() {
                local current="${COMP_WORDS[COMP_CWORD]}" words=""
                COMPREPLY=()
                if [ "$COMP_CWORD" -eq 1 ]; then
                    words="{{Commands(pages)}}"
                elif [ "${current#-}" != "$current" ]; then
                    case "${COMP_WORDS[1]}" in
            {{Cases(pages, page => $"        {page.Name}) words=\"{Options(page)}\" ;;")}}
                    esac
                elif [ "${COMP_WORDS[1]}" = completion ]; then
                    words="bash zsh powershell"
                fi
                if [ -n "$words" ]; then
                    COMPREPLY=($(compgen -W "$words" -- "$current"))
                fi
            }
            complete -o bashdefault -o default -F _enet enet
            """,
        "zsh" => $$"""
            #compdef enet
            # enet completion zsh > ~/.zfunc/_enet, with ~/.zfunc in $fpath before compinit
            _enet() {
                if (( CURRENT == 2 )); then
                    compadd -- {{Commands(pages)}}
                elif [[ "$words[CURRENT]" == -* ]]; then
                    case "$words[2]" in
            {{Cases(pages, page => $"        {page.Name}) compadd -- {Options(page)} ;;")}}
                    esac
                elif [[ "$words[2]" == completion ]]; then
                    compadd -- bash zsh powershell
                else
                    _files
                fi
            }
            if [[ "$funcstack[1]" == _enet ]]; then
                _enet "$@"
            else
                compdef _enet enet
            fi
            """,
        "powershell" => $$"""
            # enet completion powershell >> $PROFILE
            Register-ArgumentCompleter -Native -CommandName enet -ScriptBlock {
                param($word, $ast, $position)
                $options = @{
            {{Cases(pages, page => $"        '{page.Name}' = '{Options(page)}'")}}
                }
                $elements = @($ast.CommandElements | ForEach-Object { $_.ToString() })
                $at = if ($word) { $elements.Count - 1 } else { $elements.Count }
                $words = if ($at -eq 1) { $options.Keys | Sort-Object }
                    elseif ($word.StartsWith('-') -and $options.ContainsKey($elements[1])) { $options[$elements[1]].Split(' ') }
                    elseif ($elements[1] -eq 'completion') { 'bash', 'zsh', 'powershell' }
                    else { @() }
                $words | Where-Object { $_.StartsWith($word) } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """,
        _ => throw OptionValue.Refused("shell", shell, "be bash, zsh or powershell"),
    };

    private static string Commands(IReadOnlyList<CommandPage> pages) => string.Join(' ', pages.Select(page => page.Name));

    private static string Options(CommandPage page) => string.Join(' ', page.Options.Select(option => option.Name).Append("--help"));

    private static string Cases(IReadOnlyList<CommandPage> pages, Func<CommandPage, string> line) => string.Join('\n', pages.Select(line));
}
