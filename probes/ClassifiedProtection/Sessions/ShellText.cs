using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// Takes a profile apart as far as it says what certainly runs: quotes, comments, continued lines, and the stack of if, case, loops, groups
/// and functions. Behind a document (&lt;&lt;), an open quote or a closing word that closes nothing, nothing is sure any more.
/// </summary>
internal sealed class ShellText
{
    private static readonly Dictionary<string, string> Closers = new(StringComparer.Ordinal)
    {
        ["fi"] = "if", ["esac"] = "case", ["done"] = "do", ["}"] = "{", [")"] = "(",
    };

    private const string Function = "function";

    /// <summary>Every command carries along what it stands in: deeper nesting would be paid for by each.</summary>
    private const int Depth = 32;
    private readonly IReadOnlyList<ConfigLine> _lines;
    private readonly string _text;
    private readonly List<ShellCommand> _found = [];
    private readonly List<(string Word, string Head)> _open = [];
    private readonly List<string> _words = [];
    private int _at;
    private int _line;
    private int _counted;
    private int _newLines;
    private bool _isLost;
    private bool _isLinked;
    private string? _function;

    private ShellText(IReadOnlyList<ConfigLine> lines)
    {
        _lines = lines;
        _text = string.Join('\n', lines.Select(l => l.Text)) + "\n";
    }

    public static IReadOnlyList<ShellCommand> Of(IReadOnlyList<ConfigLine> lines)
    {
        if (lines.Count == 0)
        {
            return [];
        }

        var text = new ShellText(lines);
        text.Read();
        return text._found;
    }

    private void Read()
    {
        while (_at < _text.Length)
        {
            var letter = _text[_at];
            switch (letter)
            {
                case ' ' or '\t' or '\r':
                    _at++;
                    break;
                case '#':
                    _at = _text.IndexOf('\n', _at);
                    break;
                case '\\' when _text[_at + 1] == '\n':
                    _at += 2;
                    break;
                case '\n' or ';':
                    _at += 1;
                    End(isLinked: false);
                    break;
                case '&' or '|':
                    var both = _text[_at + 1] == letter;
                    _at += both ? 2 : 1;
                    Linked();
                    break;
                case '(' or ')':
                    _at++;
                    Bracket(letter);
                    break;
                case '<' or '>':
                    Redirection();
                    break;
                default:
                    Take(Word());
                    break;
            }
        }

        End(isLinked: false);
    }

    /// <summary>What stands before and behind &amp;&amp;, ||, | and &amp; is not sure to run here: what stands before is taken as such too.</summary>
    private void Linked()
    {
        var first = _found.Count;
        End(isLinked: true);
        if (_found.Count > first && _text[_at - 1] is '|' or '&' && _text[_at - 2] != _text[_at - 1])
        {
            _found[^1] = _found[^1] with { IsSure = false };
        }
    }

    private void Take(string word)
    {
        if (_words.Count == 0)
        {
            _line = LineBefore(Math.Min(_at, _text.Length) - 1);
            switch (word)
            {
                case "if" or "case" or "{":
                    Open(word, word == "{" && _function is not null ? Function : "");
                    _function = null;
                    if (word == "case")
                    {
                        _words.Add(word);
                    }

                    return;
                case "for" or "while" or "until" or "select":
                    Open("do", "");
                    _words.Add(word);
                    return;
                case "then" or "else" or "elif" or "do" or "!":
                    return;
                case "fi" or "esac" or "done" or "}":
                    Close(word);
                    return;
            }
        }
        else if (word == "{")
        {
            Open("{", _words[0] == "function" ? Function : "");
            Named(_words[^1]);
            _words.Clear();
            return;
        }

        _words.Add(word);
    }

    /// <summary>Words come in their order: what was counted is not counted again.</summary>
    private int LineBefore(int at)
    {
        _newLines += _text.AsSpan(_counted, Math.Max(0, at - _counted)).Count('\n');
        _counted = Math.Max(_counted, at);
        return Math.Min(_newLines, _lines.Count - 1);
    }

    private void Open(string word, string head)
    {
        if (_open.Count >= Depth)
        {
            throw new UnableException(FailureKind.BadInput, $"{_lines[0].Path} 的分支、循环与括号套得超过 {Depth} 层");
        }

        _open.Add((word, head));
    }

    private void Close(string word)
    {
        if (_open.Count > 0 && _open[^1].Word == Closers[word])
        {
            _open.RemoveAt(_open.Count - 1);
        }
        else if (word != ")")
        {
            _isLost = true;
        }
    }

    /// <summary>name () begins a function; a bracket behind nothing a subshell; one that closes nothing ends a pattern of case.</summary>
    private void Bracket(char letter)
    {
        if (letter == ')')
        {
            End(isLinked: false);
            Close(")");
            return;
        }

        var behind = _text.AsSpan(_at).TrimStart(" \t");
        if (_words.Count > 0 && behind.StartsWith(")"))
        {
            // Its body is a group; whatever stands there runs only when it is called.
            _at = _text.Length - behind.Length + 1;
            _function = _words[^1];
            Named(_function);
            _words.Clear();
            return;
        }

        _words.Clear();
        Open("(", "");
    }

    /// <summary>A function of the name of a command takes its place.</summary>
    private void Named(string function) => _isLost |= function is "readonly" or "export" or "declare" or "typeset" or "unset" or "umask" or "return";

    private void Redirection()
    {
        if (_text.AsSpan(_at).StartsWith("<<") && !_text.AsSpan(_at).StartsWith("<<<"))
        {
            _isLost = true;
        }

        while (_text[_at] is '<' or '>' or '&' or '|')
        {
            _at++;
        }

        while (_text[_at] is ' ' or '\t')
        {
            _at++;
        }

        if (_text[_at] is not ('\n' or ';'))
        {
            _ = Word();
        }
    }

    private void End(bool isLinked)
    {
        if (_words.Count > 0)
        {
            var head = string.Join(' ', _words);
            _found.Add(new ShellCommand([.. _words], _open.Count == 0 && !_isLost && !_isLinked, [.. _open.Select(o => o.Head)], _lines[_line]));
            if (_open.Count > 0 && _open[^1].Head.Length == 0)
            {
                _open[^1] = (_open[^1].Word, head);
            }

            // A file that may end here says nothing sure of what stands behind; where it is not interactive nobody waits.
            _isLost |= _words[0] is "return" or "exit" or "exec" && !(_isLinked && _found.Count > 1 && _found[^2].Words is ["[", "-z", "$PS1", "]"]) && !_open.Exists(o => o.Head == Function);
        }

        _words.Clear();
        _isLinked = isLinked;
    }

    private string Word()
    {
        var word = new StringBuilder();
        var quote = '\0';
        var start = _at;
        for (; _at < _text.Length; _at++)
        {
            var letter = _text[_at];
            if (letter == '\\' && quote != '\'')
            {
                _at++;
                word.Append(_at < _text.Length && _text[_at] != '\n' ? _text[_at] : "");
            }
            else if (letter == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && letter is '"' or '\'')
            {
                quote = letter;
            }
            else if (quote != '\'' && letter == '`')
            {
                Substitution(word, '`', '`');
            }
            else if (quote != '\'' && letter == '$' && _at + 1 < _text.Length && _text[_at + 1] is '(' or '{')
            {
                _at++;
                Substitution(word, _text[_at], _text[_at] == '(' ? ')' : '}');
            }
            else if (quote == '\0' && " \t\n;&|()<>".Contains(letter, StringComparison.Ordinal))
            {
                break;
            }
            else
            {
                word.Append(letter);
            }
        }

        _isLost |= quote != '\0';
        if (_at == start)
        {
            _at++;
        }

        return word.ToString();
    }

    /// <summary>Its text stays in the word behind a dollar sign; at the end, _at is at the closing letter.</summary>
    private void Substitution(StringBuilder word, char open, char close)
    {
        var (depth, begin) = (0, _at);
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == '\\')
            {
                _at++;
            }
            else if (_text[_at] == close && depth-- == 0)
            {
                word.Append('$').Append(_text.AsSpan(begin, _at - begin + 1));
                return;
            }
            else if (_text[_at] == open)
            {
                depth++;
            }
        }

        _isLost = true;
    }
}
