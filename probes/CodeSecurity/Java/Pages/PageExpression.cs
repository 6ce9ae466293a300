using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Expressions of pages in Java: EL, SpEL of Thymeleaf, FreeMarker and Velocity. What is not understood ends the expression.</summary>
internal sealed partial class PageExpression
{
    private const int Longest = 4_000;
    private const int Deepest = 40;
    private const int LongestMade = 20_000;

    private static readonly string[] Comparisons = ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "=~"];
    private static readonly string[] WordsOfComparison = ["eq", "ne", "lt", "gt", "le", "ge", "lte", "gte", "and", "or", "instanceof", "matches", "in", "div", "mod"];

    private readonly string _text;
    private readonly PageDialect _dialect;
    private int _at;
    private int _depth;
    private int _made;

    /// <summary>The next name is a part of the object the page is about.</summary>
    private bool _isOfObject;

    private PageExpression(string text, PageDialect dialect) => (_text, _dialect) = (text.Length > Longest ? text[..Longest] : text, dialect);

    /// <summary>An expression of Java that stands for one of a page.</summary>
    public static string Of(string text, PageDialect dialect)
    {
        var one = new PageExpression(text, dialect);
        var value = one.Expression();
        return one._made > LongestMade ? PageValue.Nothing.Java : value.Java;
    }

    /// <summary>The same of an expression at a place of a text.</summary>
    /// <param name="end">Behind it.</param>
    public static string At(string text, int from, PageDialect dialect, out int end)
    {
        var stretch = text.Substring(from, Math.Min(Longest, text.Length - from));
        var one = new PageExpression(stretch, dialect);
        var value = one.Reference();
        end = from + Math.Max(1, one._at);
        return one._made > LongestMade ? PageValue.Nothing.Java : value.Java;
    }

    /// <summary>The first expression of a text, and where it ends.</summary>
    public static string First(string text, int from, int to, PageDialect dialect, out int end)
    {
        var one = new PageExpression(text.Substring(from, Math.Clamp(to - from, 0, Longest)), dialect);
        var value = one.Expression();
        end = from + Math.Max(1, one._at);
        return one._made > LongestMade ? PageValue.Nothing.Java : value.Java;
    }

    private PageValue Expression()
    {
        if (++_depth > Deepest)
        {
            _at = _text.Length;
            return PageValue.Nothing;
        }

        var value = Chain();
        Space();
        if (_dialect.Kind is PageKind.Jsp or PageKind.Thymeleaf && Take("?:"))
        {
            value = Both(value, Expression());
        }
        else if (_dialect.Kind is PageKind.Jsp or PageKind.Thymeleaf && Take("?"))
        {
            var first = Expression();
            Space();
            value = Take(":") ? Both(first, Expression()) : first;
        }

        _depth--;
        return value;
    }

    private PageValue Chain()
    {
        var value = Operand();
        while (_at < _text.Length)
        {
            Space();
            if (Array.Find(Comparisons, Starts) is { } sign)
            {
                _at += sign.Length;
                Operand();
                value = PageValue.Truth;
            }
            else if (Array.Find(WordsOfComparison, IsWord) is { } word)
            {
                _at += word.Length;
                Operand();
                value = PageValue.Truth;
            }
            else if (_at < _text.Length && _text[_at] is '+' or '~')
            {
                _at++;
                value = Sum(value, Operand());
            }
            else if (_at < _text.Length && _text[_at] is '-' or '*' or '/' or '%')
            {
                _at++;
                Operand();
                value = PageValue.Truth;
            }
            else
            {
                break;
            }
        }

        return value;
    }

    private PageValue Operand()
    {
        Space();
        if (_at >= _text.Length || ++_depth > Deepest)
        {
            _at = _text.Length;
            return PageValue.Nothing;
        }

        PageValue value;
        if (_text[_at] is '!' or '-')
        {
            _at++;
            Operand();
            value = PageValue.Truth;
        }
        else if (IsWord("not") || IsWord("empty"))
        {
            _at += IsWord("not") ? 3 : 5;
            Operand();
            value = PageValue.Truth;
        }
        else
        {
            value = Reference();
        }

        _depth--;
        return value;
    }

    /// <summary>A value with what is asked of it.</summary>
    private PageValue Reference()
    {
        var value = Primary();
        while (_at < _text.Length)
        {
            if (_text[_at] == '[')
            {
                _at++;
                var key = Expression();
                Space();
                Take("]");
                value = Part(value, key.Java);
            }
            else if (Member() is { } name)
            {
                value = _at < _text.Length && _text[_at] == '(' ? Call(value, name, Arguments()) : Part(value, PageDialect.JavaText(name));
            }
            else if (_dialect.Kind != PageKind.FreeMarker || !Builtin(ref value))
            {
                break;
            }
        }

        return value;
    }

    /// <summary>Name behind a dot; null where none is there, and the dot stays.</summary>
    private string? Member()
    {
        var dots = Starts("?.") && _dialect.Kind != PageKind.FreeMarker ? 2 : _text[_at] == '.' ? 1 : 0;
        if (dots == 0 || _at + dots >= _text.Length || !IsNameStart(_text[_at + dots]))
        {
            return null;
        }

        _at += dots;
        return Word();
    }

    private PageValue Primary()
    {
        Space();
        if (_at >= _text.Length)
        {
            return PageValue.Nothing;
        }

        var sign = _text[_at];
        if (sign is '\'' or '"' || (sign == '|' && _dialect.Kind == PageKind.Thymeleaf))
        {
            return Text(sign);
        }

        if (sign is '(')
        {
            _at++;
            var inner = Expression();
            Space();
            Take(")");
            return inner;
        }

        if (sign is '[' or '{')
        {
            _at++;
            return Elements(sign == '[' ? ']' : '}');
        }

        if (char.IsAsciiDigit(sign))
        {
            while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '.'))
            {
                _at++;
            }

            return new PageValue("0");
        }

        return Named();
    }

    private PageValue Named()
    {
        if (_text[_at] is '$' or '*' or '#' or '~' && _at + 1 < _text.Length && _text[_at + 1] == '{')
        {
            var isOfObject = _text[_at] == '*';
            _at += 2;
            if (isOfObject && _at < _text.Length && IsNameStart(_text[_at]))
            {
                _isOfObject = true;
            }

            var inner = Expression();
            Space();
            Take("}");
            return inner;
        }

        var prefix = _text[_at] == '#' ? "#" : string.Empty;
        _at += _text[_at] is '#' or '$' or '@' or '.' ? 1 : 0;
        if (_dialect.Kind == PageKind.Velocity && _at < _text.Length && _text[_at] == '!')
        {
            _at++;
            if (_at < _text.Length && _text[_at] == '{')
            {
                _at++;
                var quiet = Expression();
                Space();
                Take("}");
                return quiet;
            }
        }

        if (_at >= _text.Length || !IsNameStart(_text[_at]))
        {
            _at = Math.Min(_text.Length, _at + 1);
            return PageValue.Nothing;
        }

        var name = prefix + Word();
        if (name is "true" or "false" or "null")
        {
            return name == "null" ? new PageValue("null") : PageValue.Truth;
        }

        if (_at < _text.Length && _text[_at] == ':' && _at + 1 < _text.Length && IsNameStart(_text[_at + 1]) && _dialect.Kind == PageKind.Jsp)
        {
            _at++;
            var function = Word();
            return _at < _text.Length && _text[_at] == '(' ? Function(function, Arguments()) : PageValue.Nothing;
        }

        if (_isOfObject)
        {
            _isOfObject = false;
            return new PageValue($"{TranslatedPage.Values}.part(request.getAttribute(\"*\"), {PageDialect.JavaText(name)})");
        }

        return _at < _text.Length && _text[_at] == '(' ? Function(name, Arguments()) : _dialect.Root(name);
    }

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

    private PageValue Elements(char close)
    {
        PageValue? all = null;
        while (_at < _text.Length && _text[_at] != close)
        {
            var before = _at;
            var one = Expression();
            all = all is null ? one : Sum(all.Value, one);
            Space();
            _at += _at < _text.Length && _text[_at] is ',' or ':' || _at == before ? 1 : 0;
        }

        Take(close.ToString());
        return all ?? PageValue.Nothing;
    }

    private List<PageValue> Arguments()
    {
        var found = new List<PageValue>();
        _at++;
        while (_at < _text.Length && _text[_at] != ')')
        {
            var before = _at;
            found.Add(Expression());
            Space();
            _at += _at < _text.Length && (_text[_at] == ',' || (_at == before && _text[_at] != ')')) ? 1 : 0;
        }

        Take(")");
        return found;
    }

    private PageValue Part(PageValue of, string name) => of.Parts switch
    {
        null => Made($"{TranslatedPage.Values}.part({of.Java}, {name})"),
        PageValue.Context => name == "\"request\"" ? new PageValue("request", PageValue.Getters) : PageValue.Nothing,
        PageValue.Getters when name.Length > 3 => Made($"request.get{char.ToUpperInvariant(name[1])}{name[2..^1]}()"),
        PageValue.Tool => of,
        _ => Made($"{of.Parts}({name})"),
    };

    private PageValue Call(PageValue of, string name, List<PageValue> arguments) => of.Parts switch
    {
        PageValue.Tool => Function(name, arguments),
        PageValue.Context when name == "getRequest" => new PageValue("request", PageValue.Getters),
        PageValue.Context => PageValue.Nothing,
        { } parts when parts != PageValue.Getters && name is "get" && arguments.Count == 1 => Made($"{parts}({arguments[0].Java})"),
        _ when IsCleaning(name) => Function(name, arguments.Count > 0 ? arguments : [of]),
        null when arguments.Count == 0 && name.Length > 3 && name.StartsWith("get", StringComparison.Ordinal) && name != "getClass" => Part(of, PageDialect.JavaText(char.ToLowerInvariant(name[3]) + name[4..])),
        _ => Made($"({of.Java}).{name}({string.Join(", ", arguments.Select(a => a.Java))})"),
    };

    private PageValue Function(string name, List<PageValue> arguments)
    {
        var all = arguments.Count == 0 ? PageValue.Nothing : arguments.Aggregate(Sum);
        return IsCleaning(name) ? Made($"{TranslatedPage.Values}.clean({all.Java})") : name is "length" or "contains" or "startsWith" or "indexOf" or "isEmpty" or "size" ? PageValue.Truth : all;
    }

    private static bool IsCleaning(string name) =>
        name.Contains("escape", StringComparison.OrdinalIgnoreCase) && !name.Contains("unescape", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("encode", StringComparison.OrdinalIgnoreCase) || name.StartsWith("forHtml", StringComparison.Ordinal) || name is "html" or "htmlEncode" or "cleanHtml" or "sanitize" or "javascript" or "url";

    private PageValue Sum(PageValue a, PageValue b) => Made($"({a.Java} + {b.Java})");

    private PageValue Both(PageValue a, PageValue b) => Made($"{TranslatedPage.Values}.either({a.Java}, {b.Java})");

    /// <summary>Expressions that name what came before twice would double with every step.</summary>
    private PageValue Made(string java)
    {
        _made = Math.Max(_made, java.Length);
        return java.Length > LongestMade ? PageValue.Nothing : new PageValue(java);
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
