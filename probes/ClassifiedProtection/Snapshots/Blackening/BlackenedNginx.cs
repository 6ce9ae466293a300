using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>nginx.conf: names of directives and braces stay, arguments of the known ones; tables and scripts go whole.</summary>
internal sealed class BlackenedNginx
{
    /// <summary>A text that is not fixed.</summary>
    private const string Variable = "$" + Kept.Mark;
    private readonly StringBuilder _output = new();
    private readonly NginxWord _word = new();
    private readonly Stack<Block> _blocks = new([Block.Directives]);
    private string _name = "";
    private string _first = "";
    private char _open;
    private int _place;
    private int _inner;

    private enum Block
    {
        Directives,
        Table,
        Script,
    }

    public static string Of(string text)
    {
        var file = new BlackenedNginx();
        for (var i = 0; i < text.Length; i++)
        {
            i = file._blocks.Peek() == Block.Script ? file.Script(text, i) : file.Take(text, i);
        }

        file.Flush();
        return file._output.ToString();
    }

    private int Script(string text, int i)
    {
        var c = text[i];
        if (c == '\n')
        {
            _output.Append(c);
            _open = '\0';
        }
        else if (_open == '\0' && i + 1 < text.Length && text.AsSpan(i, 2) is "--" or "[[")
        {
            var isLong = c == '[' || text.AsSpan(i).StartsWith("--[[", StringComparison.Ordinal);
            var end = text.IndexOf(isLong ? "]]" : "\n", i, StringComparison.Ordinal);
            end = end < 0 ? text.Length : end;
            _output.Append(Kept.NewLines(text.AsSpan(i, end - i)));
            return end - 1;
        }
        else if (_open != '\0')
        {
            i += c == '\\' ? 1 : 0;
            _open = c == _open ? '\0' : _open;
        }
        else if (c is '"' or '\'')
        {
            _open = c;
        }
        else if (c == '{')
        {
            _inner++;
        }
        else if (c == '}' && _inner-- == 0)
        {
            _output.Append(c);
            _blocks.Pop();
            _place = 0;
        }

        return i;
    }

    private int Take(string text, int i)
    {
        var c = text[i];
        if (_open != '\0')
        {
            _word.Append(c);
            if (c == '\\' && i + 1 < text.Length)
            {
                _word.Append(text[++i]);
            }
            else if (c == _open)
            {
                _open = '\0';
                Flush();
            }
        }
        else if (_word.Length == 0 && c is '"' or '\'')
        {
            _open = c;
            _word.Append(c);
        }
        else if (_word.Length == 0 && c == '#')
        {
            _output.Append(c);
            var end = text.IndexOf('\n', i);
            return (end < 0 ? text.Length : end) - 1;
        }
        else if (c == '\\')
        {
            _word.Append(c);
            if (i + 1 < text.Length)
            {
                _word.Append(text[i + 1]);
            }

            return i + 1;
        }
        else if (c is ' ' or '\t' or '\n' or ';' || (c is '{' or '}' && !_word.Takes(c)))
        {
            Sign(c);
        }
        else
        {
            _word.Append(c);
        }

        return i;
    }

    private void Sign(char c)
    {
        Flush();
        _output.Append(c);
        if (c == '{')
        {
            var block = _blocks.Peek() != Block.Directives || _name is "map" or "geo" or "types" or "split_clients" or "charset_map" ? Block.Table
                : _name.EndsWith("_by_lua_block", StringComparison.Ordinal) ? Block.Script : Block.Directives;
            _blocks.Push(block);
            _inner = 0;
            _output.Append(block == Block.Script ? Kept.Mark + ";" : "");
        }
        else if (c == '}' && _blocks.Count > 1)
        {
            _blocks.Pop();
        }

        _place = c is ';' or '{' or '}' ? 0 : _place;
    }

    private void Flush()
    {
        if (_word.Length == 0)
        {
            return;
        }

        var word = _word.Take();
        var shown = _blocks.Peek() == Block.Directives ? Shown(word, _place++) : Kept.Mark;
        var quote = word[0] is '"' or '\'' && word.Contains('\n', StringComparison.Ordinal) ? word[..1] : "";
        _output.Append(shown is Kept.Mark or Variable ? quote + shown + Kept.NewLines(word) + quote : shown);
    }

    private string Shown(string word, int place)
    {
        var plain = Kept.Strip(word).ToLowerInvariant();
        if (place == 0)
        {
            _name = word.ToLowerInvariant();
            return word.Length <= 80 && Kept.Is(word, "^[A-Za-z_][A-Za-z0-9_]*$") ? word : Kept.Mark;
        }

        _first = place == 1 ? plain : _first;
        return Kept.Has("nginx", _name) ? Argument(word, plain, place) : Kept.Mark;
    }

    private string Argument(string word, string plain, int place) => _name switch
    {
        "return" => place == 1 && Kept.Is(plain, "^[0-9]+$") ? word : (place == 1 || Kept.Is(_first, "^30[0-9]$")) && Kept.Is(plain, @"^(https?://|/|\$)") ? Address(word) : Kept.Mark,
        "rewrite" => place == 2 ? Address(word) : place == 3 && plain is not ("last" or "break" or "redirect" or "permanent") ? Kept.Mark : word,
        "auth_basic" => plain == "off" || Kept.Is(plain, @"^\$[a-z0-9_]+$") ? word : plain.Contains('$', StringComparison.Ordinal) ? Variable : Kept.Mark,
        "log_format" => place == 1 || !HasWord(word) ? word : Kept.Mark,
        "ssl_certificate_key" when plain.StartsWith("data:", StringComparison.Ordinal) => Kept.Mark,
        "if" => Condition(word, plain),
        _ when _name.EndsWith("_pass", StringComparison.Ordinal) => Address(word),
        _ when _name.Contains("header", StringComparison.Ordinal) => place == 1 || Kept.Has("nginx-header", _first) || plain == "always" ? word : Kept.Mark,
        _ => word,
    };

    /// <summary>Beside variables and signs.</summary>
    private static bool HasWord(string format) => Kept.Is(Kept.Without(format, @"\$\{?[A-Za-z0-9_]+\}?"), "[A-Za-z0-9]{4}");

    private static string Condition(string word, string plain)
    {
        var stays = Kept.Is(plain, @"^\(?!?\$(scheme|https|host|http_host|server_port|request_method|ssl_protocol|ssl_client_verify|remote_addr|http_x_forwarded_proto)\)?$")
            || Kept.Is(plain, @"^\(?(=|!=|~\*?|!~\*?|!?-[fdex])$")
            || Kept.Is(plain, @"^\^?\(?(https?|on|off|get|head|post|put|delete|options|trace|success|none|80|443)?\$?\)*$");
        return stays ? word : Kept.Mark + (plain.EndsWith(')') ? ")" : "");
    }

    /// <summary>Without what stands before an @ and behind a question mark.</summary>
    private static string Address(string word)
    {
        var at = word.IndexOf('?', StringComparison.Ordinal);
        if (at >= 0 && !Kept.Is(word[at..], """^\?\$(args|query_string)["']?$"""))
        {
            word = word[..(at + 1)] + Kept.Mark;
        }

        if (Kept.Find(word, "://[^/@]*@") is { Success: true } user)
        {
            word = $"{word[..user.Index]}://{Kept.Mark}@{word[(user.Index + user.Length)..]}";
        }

        return Kept.Is(word, """^["']?(https?://|/|\$|@|=|unix:|\^|~)""") || Kept.Is(word, """^["']?[A-Za-z0-9_.:-]+["']?$""") ? word : Kept.Mark;
    }
}
