using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Signs, words and texts of expressions.</summary>
internal sealed partial class PageExpression
{
    private PageValue Text(char quote)
    {
        var made = new StringBuilder();
        for (_at++; _at < _text.Length && _text[_at] != quote; _at++)
        {
            _at += _text[_at] == '\\' && _at + 1 < _text.Length ? 1 : 0;
            made.Append(_text[_at]);
        }

        _at = Math.Min(_text.Length, _at + 1);
        var text = made.ToString();
        return _dialect.Kind is PageKind.FreeMarker or PageKind.Velocity && text.Contains('$', StringComparison.Ordinal) && (quote == '"' || _dialect.Kind == PageKind.FreeMarker) || quote == '|'
            ? Filled(text)
            : new PageValue(PageDialect.JavaText(text));
    }

    /// <summary>A text in which values stand.</summary>
    private PageValue Filled(string text)
    {
        if (_depth >= Deepest)
        {
            return PageValue.Nothing;
        }

        PageValue? all = null;
        for (var at = 0; (at = text.IndexOf('$', at)) >= 0 && at + 1 < text.Length;)
        {
            if (text[at + 1] != '{' && (_dialect.Kind != PageKind.Velocity || !(IsNameStart(text[at + 1]) || text[at + 1] == '!')))
            {
                at++;
                continue;
            }

            var inner = new PageExpression(text[at..], _dialect) { _depth = _depth + 1 };
            var value = inner.Reference();
            all = all is null ? value : Sum(all.Value, value);
            at += Math.Max(1, inner._at);
        }

        return all is null ? new PageValue(PageDialect.JavaText(text)) : Sum(new PageValue("\"\""), all.Value);
    }

    private bool Starts(string with) => string.CompareOrdinal(_text, _at, with, 0, with.Length) == 0;

    private bool Take(string text)
    {
        if (!Starts(text))
        {
            return false;
        }

        _at += text.Length;
        return true;
    }

    private bool IsWord(string word) => Starts(word) && (_at + word.Length >= _text.Length || !IsNamePart(_text[_at + word.Length])) && (_at == 0 || !IsNamePart(_text[_at - 1]));

    private void Space()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private string Word()
    {
        var from = _at;
        while (_at < _text.Length && IsNamePart(_text[_at]))
        {
            _at++;
        }

        return _text[from.._at];
    }

    private static bool IsNameStart(char sign) => char.IsLetter(sign) || sign == '_';

    private static bool IsNamePart(char sign) => char.IsLetterOrDigit(sign) || sign is '_' or '$';
}
