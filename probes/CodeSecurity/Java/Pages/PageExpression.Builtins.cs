namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What FreeMarker asks of values behind a question mark, and what stands for values that are missing.</summary>
internal sealed partial class PageExpression
{
    private static readonly HashSet<string> Cleaning = new(StringComparer.Ordinal) { "html", "xhtml", "xml", "rtf", "url", "url_path", "js_string", "json_string", "j_string", "esc" };

    private static readonly HashSet<string> Telling = new(StringComparer.Ordinal)
        { "size", "length", "c", "has_content", "index", "counter", "index_of", "contains", "starts_with", "ends_with", "is_string", "is_number", "number", "int", "long", "exists", "has_next", "date", "datetime", "time", "round", "floor", "ceiling", "boolean", "is_even_item", "item_cycle", "matches", "is_first", "is_last" };

    private bool Builtin(ref PageValue value)
    {
        if (Take("??"))
        {
            value = PageValue.Truth;
            return true;
        }

        if (_text[_at] == '!' && !Starts("!="))
        {
            _at++;
            if (_at < _text.Length && (_text[_at] is '"' or '\'' or '(' || IsNameStart(_text[_at]) || char.IsAsciiDigit(_text[_at])))
            {
                value = Both(value, Primary());
            }

            return true;
        }

        if (_text[_at] != '?' || _at + 1 >= _text.Length || !IsNameStart(_text[_at + 1]))
        {
            return false;
        }

        _at++;
        var name = Word();
        List<PageValue> arguments = _at < _text.Length && _text[_at] == '(' ? Arguments() : [];
        value = name switch
        {
            "then" when arguments.Count == 2 => Both(arguments[0], arguments[1]),
            "default" or "if_exists" => arguments.Aggregate(value, Both),
            "eval" or "interpret" => Made($"{TranslatedPage.Values}.evaluate({value.Java})"),
            "string" when arguments.Count == 2 => Both(arguments[0], arguments[1]),
            "replace" when arguments.Count > 0 => value,
            "no_esc" => value,
            _ when Cleaning.Contains(name) => Made($"{TranslatedPage.Values}.clean({value.Java})"),
            _ when Telling.Contains(name) => PageValue.Truth,
            _ => value.Parts is null ? value : new PageValue(value.Java),
        };
        return true;
    }
}
