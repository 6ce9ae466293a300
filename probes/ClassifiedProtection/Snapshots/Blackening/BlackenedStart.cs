namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// Units and environment files of services: command lines of the servers that are read, and variables whose names say that they hold some of one. What is secret on a
/// command line the collector and the redaction know besides. Of the other variables the names stay, of other lines only which known
/// variables they speak of, and whether a quote is left open there.
/// </summary>
internal sealed class BlackenedStart
{
    private const string Names = "(OPTS?|OPTIONS?|ARGS?|PARAMS?|FLAGS|PGDATA|PGPORT|DATADIR|CONFFILE|CONFIG|CONF)";
    private readonly BlackenedArguments _arguments = new();
    private bool _isKept;
    private bool _isCommand;
    private bool _isEnvironment;
    private bool _isTaken;
    private bool _mayBeAny;

    public string Line(string line, bool isContinued)
    {
        var text = Kept.Trim(line);
        if (text is ['#' or ';', ..])
        {
            return Kept.Indent(line) + "#";
        }

        if (isContinued)
        {
            return text.Length == 0 ? line : _mayBeAny ? Kept.Mark + BlackenedCommand.Spoken(text) : Next(line, text);
        }

        (_isKept, _isCommand, _isEnvironment, _isTaken, _mayBeAny) = (false, false, false, false, false);
        if (text.Length == 0 || Kept.Is(text, @"^\[[A-Za-z-]+\]$"))
        {
            return line;
        }

        var assigned = Kept.Find(text, "^(export[ \t]+)?[A-Za-z_][A-Za-z0-9_]*[ \t]*=");
        return Kept.Indent(line) + (text[0] == '[' ? "[" + Hidden(text, text) : assigned.Success ? Assigned(assigned.Value, text[assigned.Length..], Tail(line)) : Hidden(text, text));
    }

    private static string Tail(string line) => line[line.TrimEnd(' ', '\t').Length..];

    private string Assigned(string assigned, string value, string tail)
    {
        if (assigned.TrimEnd('=', ' ', '\t').Equals("ExecStart", StringComparison.OrdinalIgnoreCase))
        {
            (_isCommand, _isKept) = (true, BlackenedCommand.IsKept(value));
            _mayBeAny = !_isKept && BlackenedCommand.MayBeAny(value);
            return assigned + (_isKept ? _arguments.First(value + tail) : BlackenedCommand.Of(value));
        }

        var name = Kept.Trim(assigned.StartsWith("export", StringComparison.Ordinal) && assigned[6] is ' ' or '\t' ? assigned[6..^1] : assigned[..^1]);
        _isEnvironment = name == "Environment";
        if (_isEnvironment)
        {
            return assigned + (Environment(value + tail) ?? Kept.Mark + Spoken("=" + value));
        }

        _isKept = IsKnown(name) || Kept.Has("start", name);
        return assigned + (_isKept ? value + tail : value.Length == 0 ? Kept.Mark : Hidden(value, "=" + value));
    }

    /// <summary>A line that goes on with the one before.</summary>
    private string Next(string line, string text)
    {
        if (_isEnvironment && _isKept)
        {
            return Environment(line) ?? Kept.Mark + Spoken(text);
        }

        return _isCommand ? _isKept ? _arguments.Next(line) : Kept.Mark : _isKept ? line : Hidden(text, text);
    }

    /// <summary>Null where it cannot be taken apart; behind a line of which something is hidden, and behind such a one, nothing stays whole.</summary>
    private string? Environment(string value)
    {
        if (!_isTaken && HasOnlyKnown(value))
        {
            _isKept = true;
            return value;
        }

        var taken = Taken(value);
        (_isTaken, _isKept) = (true, taken is not null);
        return taken;
    }

    /// <summary>Variables of a line <c>Environment=</c> word by word, of those that are not known the name alone; null where a quote is left open, or a word is no variable.</summary>
    public static string? Taken(string value)
    {
        if (SaysPassphrase(value))
        {
            return null;
        }

        var (rest, words) = (Kept.GoesOn(value) ? value[..^1] : value, new List<string>());
        while (rest.Length > 0)
        {
            var found = Kept.Find(rest, Kept.Variable);
            if (!found.Success || found.Length == 0)
            {
                return Kept.Trim(rest).Length == 0 ? string.Join(' ', words) : null;
            }

            var word = Kept.Trim(found.Value);
            words.Add(IsKnown(Name(word)) ? word : $"{Name(word)}={Kept.Mark}");
            rest = rest[found.Length..];
        }

        return string.Join(' ', words);
    }

    /// <summary>A quote that is left open takes in the lines behind it: it is shown.</summary>
    private static string Hidden(string text, string spoken) => (Kept.IsClosed(text) ? "" : "\"") + Kept.Mark + Spoken(spoken);

    /// <summary>Known variables that something may be done to, each once; a value that is one word does nothing.</summary>
    private static string Spoken(string text)
    {
        var names = new List<string>();
        for (var found = Kept.Find(text, "[A-Za-z0-9_]+"); found.Success; found = Kept.Find(text, "[A-Za-z0-9_]+"))
        {
            var isValue = text.StartsWith('=') && found.Index == 1;
            if (!isValue && (IsKnown(found.Value) || found.Value == "EXTRAOPTIONS") && !names.Contains(found.Value))
            {
                names.Add(found.Value);
            }

            text = text[(found.Index + found.Length)..];
        }

        return string.Concat(names.Select(n => " " + n));
    }

    private static bool IsKnown(string name) => Kept.Is(name, "^([A-Z0-9_]*_)?" + Names + "$");

    /// <summary>Every word is a variable that is known, or none at all.</summary>
    /// <param name="value">Of a line <c>Environment=</c>.</param>
    public static bool HasOnlyKnown(string value)
    {
        var rest = value;
        while (Kept.Trim(rest).Length > 0)
        {
            var (found, isVariable) = (Kept.Find(rest, Kept.Variable), true);
            if (!found.Success)
            {
                (found, isVariable) = (Kept.Find(rest, "^[ \t]*[^ \t=]+([ \t]+|$)"), false);
            }

            if (!found.Success || (isVariable && !IsKnown(Name(Kept.Trim(found.Value)))))
            {
                return false;
            }

            rest = rest[found.Length..];
        }

        return !SaysPassphrase(value);
    }

    /// <summary>Nobody knows where a command that says one ends.</summary>
    private static bool SaysPassphrase(string value) => Kept.Is(value.ToLowerInvariant(), "ssl[_-]passphrase[_-]command");

    private static string Name(string word) => word.TrimStart('"', '\'').Split('=')[0];
}
