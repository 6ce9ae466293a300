using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>sudoers(5): who, where, as whom, tags and commands stay; what stands behind a command's path goes.</summary>
internal sealed class BlackenedSudo
{
    private const string Assignment = "[A-Za-z_]+[ \t]*[-+]?=[ \t]*";
    private bool _isDefaults;
    private Place _place;
    private string _last = "";

    /// <summary>Behind a path; behind a colon or an equals sign that should have been escaped, where a command may begin again.</summary>
    private enum Place
    {
        Open,
        Arguments,
        Doubtful,
    }

    public string Line(string line, bool isContinued)
    {
        var lead = Kept.Indent(line);
        var rest = line[lead.Length..];
        if (!isContinued)
        {
            if (Kept.Is(rest, "^[#@]include(dir)?[ \t]"))
            {
                return line;
            }

            if (rest.StartsWith('#') && !Kept.Is(rest, "^#-?[0-9]"))
            {
                return lead + "#";
            }

            (_place, _last, _isDefaults) = (Place.Open, "", rest.StartsWith("Defaults", StringComparison.Ordinal));
        }

        return lead + (_isDefaults ? Defaults(Kept.Cut(rest)) : Grant(rest, new StringBuilder(lead))[lead.Length..]);
    }

    private static string Defaults(string rest)
    {
        var output = new StringBuilder();
        for (var found = Kept.Find(rest, Assignment + "(\"[^\"]*\"?|[^,\"]*)"); found.Success; found = Kept.Find(rest, Assignment + "(\"[^\"]*\"?|[^,\"]*)"))
        {
            output.Append(rest.AsSpan(0, found.Index));
            output.Append(Kept.Has("sudo", Kept.Find(found.Value, "^[A-Za-z_]+").Value) ? found.Value : Kept.Find(found.Value, "^" + Assignment).Value + Kept.Mark);
            rest = rest[(found.Index + found.Length)..];
        }

        return output.Append(rest).ToString();
    }

    private string Grant(string rest, StringBuilder output)
    {
        while (rest.Length > 0)
        {
            var c = rest[0];
            if (rest == "\\")
            {
                output.Append(c);
                break;
            }

            if (c == '#' && (_place != Place.Open || !Kept.Is(rest, "^#-?[0-9]")))
            {
                output.Append(c);
                break;
            }

            if (" \t!(),:=".Contains(c, StringComparison.Ordinal))
            {
                output.Append(c);
                rest = rest[1..];
                _place = c == ',' ? Place.Open : c is ':' or '=' && _place == Place.Arguments ? Place.Doubtful : _place;
                continue;
            }

            var word = rest[..End(rest)];
            rest = rest[word.Length..];
            Word(word, output);
        }

        return output.ToString();
    }

    private void Word(string word, StringBuilder output)
    {
        if (_place == Place.Arguments && (Kept.Has("sudo-argument", word) || Kept.Is(word, "^(-[A-Za-z]|/((etc|root|boot|usr|lib|bin|sbin|var|dev|home|opt)(/[a-z0-9.+_*-]*)*)?)$")))
        {
            output.Append(word);
        }
        else if (_place == Place.Arguments || (_place == Place.Doubtful && !Kept.Is(word, "^(/|[A-Z][A-Z0-9_]*$)")))
        {
            output.Append(output.ToString().TrimEnd(' ', '\t').EndsWith(Kept.Mark, StringComparison.Ordinal) ? "" : Kept.Mark);
            _place = Place.Arguments;
        }
        else
        {
            var escape = word[0] is '/' or '^' ? word.IndexOf('\\', StringComparison.Ordinal) : -1;
            output.Append(escape < 0 ? word : word[..escape] + Kept.Mark);
            var isOption = _place == Place.Open && _last is "CWD" or "CHROOT" or "ROLE" or "TYPE" or "TIMEOUT";
            _place = (word[0] is '/' or '^' && !isOption) || word == "sudoedit" ? Place.Arguments : _place;
        }

        _last = word;
    }

    private static int End(string rest)
    {
        var n = 0;
        for (; n < rest.Length; n++)
        {
            if (rest[n] == '\\' && n + 1 < rest.Length)
            {
                n++;
            }
            else if (" \t,:=()\\".Contains(rest[n], StringComparison.Ordinal))
            {
                break;
            }
        }

        return Math.Max(1, Math.Min(n, rest.Length));
    }
}

/// <summary>pg_hba.conf(5): six words and known options stay.</summary>
internal sealed class BlackenedHba
{
    private int _place;

    public string Line(string line, bool isContinued)
    {
        var lead = Kept.Indent(line);
        var rest = line[lead.Length..];
        var output = new StringBuilder(lead);
        _place = isContinued ? _place : 0;
        while (rest.Length > 0)
        {
            if (Kept.Find(rest, "^[ \t,]+") is { Success: true } gap)
            {
                output.Append(gap.Value);
                rest = rest[gap.Length..];
            }
            else if (rest == "\\" || rest[0] == '#')
            {
                output.Append(rest[0]);
                break;
            }
            else
            {
                var found = Kept.Find(rest, "^(\"[^\"]*\"|[^ \t,\"#])+");
                var word = found.Length > 0 ? found.Value : rest[..1];
                rest = rest[word.Length..];
                output.Append(Word(word, output.ToString().TrimEnd(' ', '\t').EndsWith(',')));
            }
        }

        return output.ToString();
    }

    private string Word(string word, bool isOfList)
    {
        _place += isOfList ? 0 : 1;
        if (_place == 1 && Kept.Strip(word) is not ("local" or "host" or "hostssl" or "hostnossl" or "hostgssenc" or "hostnogssenc" or "include" or "include_if_exists" or "include_dir"))
        {
            _place = 9;
            return Kept.Mark;
        }

        return _place <= 6 && !word.Contains('=', StringComparison.Ordinal) ? word : Kept.Argument("hba", word);
    }
}
