using System.Buffers;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Shell scripts, Dockerfiles and nginx: words are what white space parts.</summary>
internal sealed partial class Scanner
{
    private static readonly SearchValues<char> ShellWordEnds = SearchValues.Create(" \t\r\n\v\f;|&<>()\"'`{}=$\\");
    private static readonly SearchValues<char> ShellValueEnds = SearchValues.Create(" \t\r\n\v\f;|&<>()\"'`$\\");

    /// <summary>Marks whose bodies begin with the next line; few, as those beyond are read as code.</summary>
    private readonly Queue<(string Word, bool IsRaw)> _hereDocuments = new();

    private void Shell(LexicalRules rules, CodeStop stop)
    {
        var depth = 0;
        while (_at < _end)
        {
            var c = _text[_at];
            if (c is '\n' or '\r')
            {
                ShellLineEnd(rules, c);
            }
            else if (rules.ClassOf(c) == CharClass.Space)
            {
                _at++;
            }
            else if (c == '#' && BeginsShellWord())
            {
                TryComment(rules, c);
            }
            else if (stop != CodeStop.None && c is ')' or '}' or '`' or '(' or '{' && Stops(stop, c, ref depth))
            {
                return;
            }
            else if (!TryQuote(rules, c))
            {
                ShellWord(rules, c);
            }
        }
    }

    private bool BeginsShellWord() => _at == 0 || char.IsWhiteSpace(_text[_at - 1]) || _text[_at - 1] is ';' or '(' or '&' or '|';

    private void ShellWord(LexicalRules rules, char c)
    {
        if (c == '\\')
        {
            ShellBackslash();
            return;
        }

        if (c == '$')
        {
            ShellDollar(rules);
            return;
        }

        if (c == '<' && rules.HereDocuments == HereDocuments.Shell && Peek(1) == '<' && TryShellHereDocument())
        {
            return;
        }

        var hop = _text.AsSpan(_at, _end - _at).IndexOfAny(ShellWordEnds);
        var end = hop < 0 ? _end : _at + hop;
        if (end > _at)
        {
            Take(_text.AsSpan(_at, end - _at).ContainsAnyExceptInRange('0', '9') ? CodeTokenKind.Word : CodeTokenKind.Number, end);
            return;
        }

        var isDouble = c is ';' or '&' or '|' or '<' or '>' or '=' && Peek(1) == c;
        Mark(isDouble ? 2 : 1);
        if (c == '=' && !isDouble)
        {
            BareValue();
        }
    }

    /// <summary>What follows an equals sign at once.</summary>
    private void BareValue()
    {
        var hop = _text.AsSpan(_at, _end - _at).IndexOfAny(ShellValueEnds);
        TakePiece(hop < 0 ? _end : _at + hop, LiteralForm.Bare, LiteralEnds.None);
    }

    private void ShellBackslash()
    {
        _at++;
        if (_at < _end && _text[_at] is not ('\n' or '\r'))
        {
            _at++;
        }
    }

    private void ShellDollar(LexicalRules rules)
    {
        var next = Peek(1);
        if (next == '\'' && rules.HereDocuments == HereDocuments.Shell)
        {
            Literal(rules, ConfigGrammars.ShellAnsi, _at + 2);
        }
        else if (next is '(' or '{')
        {
            Mark(2);
        }
        else
        {
            NameInText(rules, ConfigGrammars.ShellDouble);
        }
    }

    private void ShellLineEnd(LexicalRules rules, char c)
    {
        LineEnd(c);
        if (c == '\r' && _at < _end && _text[_at] == '\n')
        {
            return;
        }

        while (_hereDocuments.TryDequeue(out var here))
        {
            HereBody(rules, here.Word, here.IsRaw ? ConfigGrammars.RawHere : ConfigGrammars.ShellHere, wholeLine: true);
        }
    }
}
