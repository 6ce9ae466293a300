namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Directives and macros of FreeMarker.</summary>
internal sealed partial class FreeMarkerPage
{
    private readonly Stack<string> _lists = new();

    private void OpenDirective(string word, int from, int to, int at)
    {
        switch (word)
        {
            case "if":
                OpenChoice("if", at);
                break;
            case "elseif" or "else" when Innermost == "if":
                Other(word == "elseif", at);
                break;
            case "else" when Innermost == "list":
                Shut("list", at);
                OpenChoice("list", at);
                break;
            case "switch":
                OpenChoice("switch", at);
                OpenChoice("case", at);
                break;
            case "case" or "default" when Innermost == "case":
                Shut("case", at);
                OpenChoice("case", at);
                break;
            case "list" or "foreach":
                List(word, from, to, at);
                break;
            case "items" when _lists.Count > 0:
                foreach (var name in NamesBehind("as", from, to))
                {
                    Say(SetTo(name, _lists.Peek()), at);
                }

                break;
            case "assign" or "local" or "global":
                Assign(from, to, at);
                break;
            case "include":
                Say($"request.getRequestDispatcher({Expression(from, to, out _)}).include(request, response);", at);
                break;
            case "import":
                Import(from, to);
                break;
            case "macro" or "function":
                OpenMacro(Words(from, to) is [var macro, ..] ? macro : string.Empty, at);
                break;
            default:
                Escaping(word, from, to);
                break;
        }
    }

    private void Escaping(string word, int from, int to)
    {
        var rest = _text[from..Math.Max(from, to)];
        switch (word)
        {
            case "escape":
                _escaping.Push(_isEscaped);
                _isEscaped = rest.Contains("?html", StringComparison.Ordinal) || rest.Contains("?xhtml", StringComparison.Ordinal) || rest.Contains("?xml", StringComparison.Ordinal);
                break;
            case "noescape" or "noautoesc":
                _escaping.Push(_isEscaped);
                _isEscaped = false;
                break;
            case "autoesc":
                _escaping.Push(_isEscaped);
                _isEscaped = true;
                break;
            case "outputformat":
                _escaping.Push(_isEscaped);
                _isEscaped = rest.Contains("HTML", StringComparison.Ordinal) || rest.Contains("XML", StringComparison.Ordinal);
                break;
            case "ftl":
                _isEscaped = (_isEscaped || rest.Contains("HTML", StringComparison.Ordinal) || rest.Contains("auto_esc=true", StringComparison.Ordinal)) && !rest.Contains("auto_esc=false", StringComparison.Ordinal);
                break;
        }
    }

    private void Close(string word, int at)
    {
        switch (word)
        {
            case "if":
                Shut("if", at);
                break;
            case "switch":
                Shut("case", at);
                Shut("switch", at);
                break;
            case "list" or "foreach":
                if (Shut("list", at))
                {
                    _lists.TryPop(out _);
                }

                break;
            case "macro" or "function":
                ShutMacro(at);
                break;
            case "assign" or "local" or "global":
                Into = null;
                break;
            case "escape" or "noescape" or "autoesc" or "noautoesc" or "outputformat":
                _isEscaped = _escaping.TryPop(out var before) ? before : _isEscaped;
                break;
        }
    }

    private void List(string word, int from, int to, int at)
    {
        if (word == "foreach")
        {
            var words = Words(from, to);
            var list = _text.IndexOf(" in ", from, Math.Max(0, to - from), StringComparison.Ordinal);
            OpenLoop("list", list < 0 ? PageValue.Nothing.Java : Expression(list + 4, to, out _), words.Take(1), at);
            _lists.Push("null");
            return;
        }

        var all = Expression(from, to, out var end);
        var element = Element();
        Open("list", $"for (var {element} : {all}) {{", at);
        _lists.Push(element);
        foreach (var name in NamesBehind("as", Math.Min(end, to), to))
        {
            Say(SetTo(name, element), at);
        }
    }

    private IEnumerable<string> NamesBehind(string word, int from, int to)
    {
        var words = Words(from, to);
        var at = words.IndexOf(word);
        return at < 0 ? [] : words.Skip(at + 1).Take(2);
    }

    /// <summary>Names in a stretch, in order.</summary>
    private List<string> Words(int from, int to)
    {
        var (found, start) = (new List<string>(), -1);
        for (var i = from; i <= to && i < _text.Length && found.Count < 60; i++)
        {
            var isPart = i < to && (char.IsLetterOrDigit(_text[i]) || _text[i] is '_' or '$');
            if (isPart)
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                found.Add(_text[start..i]);
                start = -1;
            }
        }

        return found;
    }

    private void Assign(int from, int to, int at)
    {
        var isSet = false;
        for (var i = from; i < to;)
        {
            while (i < to && (char.IsWhiteSpace(_text[i]) || _text[i] is '"' or '\'' or ','))
            {
                i++;
            }

            var start = i;
            while (i < to && (char.IsLetterOrDigit(_text[i]) || _text[i] is '_' or '$' or '.'))
            {
                i++;
            }

            var name = _text[start..i];
            while (i < to && (char.IsWhiteSpace(_text[i]) || _text[i] is '"' or '\''))
            {
                i++;
            }

            var isAdded = i + 1 < to && _text[i] is '+' && _text[i + 1] == '=';
            if (name.Length == 0 || i >= to || (_text[i] != '=' && !isAdded))
            {
                Into = !isSet && name.Length > 0 && i >= to ? name : Into;
                return;
            }

            var java = Expression(i + (isAdded ? 2 : 1), to, out i);
            Say(SetTo(name, isAdded ? $"({PageExpression.Of(name, _dialect)} + {java})" : java), at);
            isSet = true;
        }
    }

    private void Import(int from, int to)
    {
        var quote = _text.AsSpan(from, Math.Max(0, to - from)).IndexOfAny('"', '\'');
        if (quote >= 0 && _text.IndexOf(_text[from + quote], from + quote + 1, to - from - quote - 1) is > 0 and var end
            && NamesBehind("as", end + 1, to).FirstOrDefault() is { } name && files.Near(Plain(_text[(from + quote + 1)..end]), Path) is { } file)
        {
            _imports[name] = file;
        }
    }

    private static string Plain(string path) => path.Replace("*/", string.Empty, StringComparison.Ordinal);

    private void Use(string name, int from, int to, int at)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (space, own) = dot < 0 ? (string.Empty, name) : (name[..dot], name[(dot + 1)..]);
        var file = dot < 0 ? (Path, Text: _text) : _imports.GetValueOrDefault(space);
        if (file.Path is null || !MacrosOf(file.Path, file.Text).TryGetValue(own, out var parameters))
        {
            if (space != "spring" && _unknown.Add(name))
            {
                Doubt(Place(at), $"不认识指令 {name}，不知道它怎样输出");
            }

            return;
        }

        var number = 0;
        for (var i = from; i < to;)
        {
            while (i < to && char.IsWhiteSpace(_text[i]))
            {
                i++;
            }

            if (i >= to || _text[i] is '/' or ';')
            {
                break;
            }

            var start = i;
            while (i < to && (char.IsLetterOrDigit(_text[i]) || _text[i] is '_'))
            {
                i++;
            }

            var (word, equals) = (_text[start..i], i);
            while (equals < to && char.IsWhiteSpace(_text[equals]))
            {
                equals++;
            }

            var isNamed = word.Length > 0 && equals < to && _text[equals] == '=' && equals + 1 < to && _text[equals + 1] != '=';
            var java = Expression(isNamed ? equals + 1 : start, to, out i);
            var parameter = isNamed ? word : number < parameters.Count ? parameters[number++] : string.Empty;
            if (parameter.Length > 0)
            {
                Say(SetTo(parameter, java), at);
            }
        }

        Say($"view$.{files.TypeOf(file.Path)}.{MethodOf(own)}(request, response);", at);
    }

    private Dictionary<string, List<string>> MacrosOf(string path, string text)
    {
        if (_macros.TryGetValue(path, out var known))
        {
            return known;
        }

        _macros[path] = known = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var at = 0; (at = text.IndexOf("#macro ", at, StringComparison.Ordinal)) >= 0 && known.Count < 500;)
        {
            at += "#macro ".Length;
            var end = text.IndexOfAny(['>', ']'], at);
            if (end < 0 || end - at > 2_000)
            {
                continue;
            }

            var names = new List<string>();
            foreach (var word in text[at..end].Split([' ', '\t', '\r', '\n', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries))
            {
                var name = word.Split('=')[0].Trim('"', '\'', '/');
                if (name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_'))
                {
                    names.Add(name);
                }
            }

            if (names.Count > 0)
            {
                known[names[0]] = names[1..];
            }
        }

        return known;
    }
}
