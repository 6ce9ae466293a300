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
}
