namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Code in the middle of literals.</summary>
internal sealed partial class Scanner
{
    /// <param name="Length">Characters that open it; 0 where there is none.</param>
    /// <param name="Stop">What ends it.</param>
    /// <param name="Close">Characters of its end; 0 for a name that ends by itself.</param>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Hole(int Length, CodeStop Stop, int Close);

    /// <param name="at">Moved on where braces before the hole still belong to the literal.</param>
    private Hole HoleAt(LexicalRules rules, QuoteForm form, ref int at)
    {
        var c = _text[at];
        var next = at + 1 < _end ? _text[at + 1] : '\0';
        switch (form.Holes)
        {
            case HoleStyle.Brace when c == '{':
                return BraceHole(form, ref at);
            case HoleStyle.Php when c == '{':
                return next == '$' ? new(1, CodeStop.Brace, 1) : default;
            case HoleStyle.Shell when c == '`':
                return new(1, CodeStop.BackQuote, 1);
            case HoleStyle.Shell when c == '$' && next == '(':
                return new(2, CodeStop.Paren, 1);
            case HoleStyle.DollarBrace or HoleStyle.DollarName or HoleStyle.Php or HoleStyle.Shell when c == '$' && next == '{':
                return new(2, CodeStop.Brace, 1);
            case HoleStyle.DollarName or HoleStyle.Php or HoleStyle.Shell when c == '$' && rules.IsWordStart(next):
                return new(1, CodeStop.None, 0);
            default:
                return default;
        }
    }

    private Hole BraceHole(QuoteForm form, ref int at)
    {
        var run = form.Braces == 1 ? 1 : Run('{', at);
        if (run < form.Braces)
        {
            at += run - 1;
            return default;
        }

        at += run - form.Braces;
        return new(form.Braces, CodeStop.Format, form.Braces);
    }

    private void ReadHole(LexicalRules rules, QuoteForm form, Hole hole)
    {
        if (hole.Close == 0)
        {
            NameInText(rules, form);
            return;
        }

        var line = _line;
        Mark(hole.Length);
        var floor = _floor;
        _floor = _brackets.Count;
        _depth++;
        if (rules.IsShell)
        {
            Shell(rules, hole.Stop);
        }
        else
        {
            Code(rules, hole.Stop);
        }

        _depth--;
        _brackets.RemoveRange(_floor, _brackets.Count - _floor);
        _floor = floor;
        if (_at >= _end && !rules.IsShell)
        {
            Doubt("字符串里的代码没有结束", line);
        }

        if (_at < _end && _text[_at] is '}' or ')' or '`')
        {
            Mark(_text[_at] == '}' ? Math.Min(hole.Close, Run('}', _at)) : 1);
        }
    }

    /// <summary>In PHP and in a shell the dollar is part of the name, as it is outside of literals.</summary>
    private void NameInText(LexicalRules rules, QuoteForm form)
    {
        var at = _at + 1;
        while (at < _end && (char.IsAsciiLetterOrDigit(_text[at]) || _text[at] == '_' || (_text[at] >= 128 && rules.IsWordPart(_text[at]))))
        {
            at++;
        }

        if (form.Holes == HoleStyle.DollarName)
        {
            Mark(1);
        }

        if (at == _at)
        {
            return;
        }

        Take(CodeTokenKind.Word, at);
    }
}
