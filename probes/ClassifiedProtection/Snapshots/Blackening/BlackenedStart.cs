namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// Units and environment files of services: command lines of the servers that are read, and variables whose names say that they hold some of one. What is secret on a
/// command line the collector and the redaction know besides. Of the other variables the names stay, of other lines only which known
/// variables they speak of.
/// </summary>
internal sealed class BlackenedStart
{
    private const string Names = "(OPTS?|OPTIONS?|ARGS?|PARAMS?|FLAGS|PGDATA|PGPORT|DATADIR|CONFFILE|CONFIG|CONF)";

    private bool _isKept;
    private bool _isEnvironment;
    private bool _mayBeAny;

    public string Line(string line, bool isContinued)
    {
        var text = Kept.Trim(line);
        if (isContinued && _mayBeAny && text.Length > 0)
        {
            return Kept.Mark + BlackenedCommand.Spoken(text);
        }

        if (isContinued)
        {
            _isKept &= !_isEnvironment || HasOnlyKnown(text);
            return _isKept || text.Length == 0 ? line : Kept.Mark + Spoken(text);
        }

        (_isKept, _isEnvironment, _mayBeAny) = (true, false, false);
        if (text.Length == 0 || Kept.Is(text, @"^\[[A-Za-z-]+\]$"))
        {
            return line;
        }

        if (text[0] is '#' or ';')
        {
            return Kept.Indent(line) + "#";
        }

        var assigned = Kept.Find(text, "^(export[ \t]+)?[A-Za-z_][A-Za-z0-9_]*[ \t]*=");
        if (assigned.Success)
        {
            var name = Kept.Trim(assigned.Value[assigned.Groups[1].Length..^1]);
            var value = text[assigned.Length..];
            if (assigned.Value.TrimEnd('=', ' ', '\t').Equals("ExecStart", StringComparison.OrdinalIgnoreCase))
            {
                _isKept = BlackenedCommand.IsKept(value);
                _mayBeAny = !_isKept && BlackenedCommand.MayBeAny(value);
                return _isKept ? line : Kept.Indent(line) + assigned.Value + BlackenedCommand.Of(value);
            }

            _isEnvironment = name == "Environment";
            _isKept = _isEnvironment ? HasOnlyKnown(value) : IsKnown(name) || Kept.Has("start", name);
            return _isKept ? line : Kept.Indent(line) + assigned.Value + Kept.Mark + Spoken(value.Length == 0 ? "" : "=" + value);
        }

        _isKept = false;
        return Kept.Indent(line) + Kept.Mark + Spoken(text);
    }

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

    /// <param name="value">Of a line <c>Environment=</c>.</param>
    public static bool HasOnlyKnown(string value)
    {
        var rest = value;
        while (Kept.Find(rest, "(^|[ \t\"'])[A-Za-z_][A-Za-z0-9_]*=") is { Success: true } found)
        {
            if (!IsKnown(found.Value.Trim(' ', '\t', '"', '\'', '=')))
            {
                return false;
            }

            rest = rest[(found.Index + found.Length)..];
        }

        return true;
    }
}
