namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Settings beside the ones asked for that make them worth nothing.</summary>
internal static class PostgreSqlSafeguards
{
    private static readonly string[] Old = ["tlsv1", "tlsv1.1"];
    private static readonly string[] Hollow = ["NULL", "ENULL", "ANULL", "ADH", "AECDH", "EXP", "EXPORT", "EXPORT40", "EXPORT56", "LOW", "DES", "RC4", "COMPLEMENTOFALL", "COMPLEMENTOFDEFAULT", "ALL"];
    private static readonly string[] Levels = ["log", "warning"];

    public static IReadOnlyList<Sighting> WeakTls(IReadOnlyDictionary<string, (string Value, ConfigLine Line)> values)
    {
        var found = new List<Sighting>();
        Look(values, "ssl_min_protocol_version", v => v.Length == 0 || Old.Contains(v.ToLowerInvariant(), StringComparer.Ordinal), found);
        Look(values, "ssl_max_protocol_version", v => Old.Contains(v.ToLowerInvariant(), StringComparer.Ordinal), found);
        Look(values, "ssl_ciphers", v => Array.Exists(v.Split([':', ',', ' '], StringSplitOptions.RemoveEmptyEntries), IsHollow), found);
        return found;
    }

    /// <param name="values">What is set.</param>
    /// <param name="data">Folder relative paths begin in.</param>
    public static IReadOnlyList<Sighting> LostLogs(IReadOnlyDictionary<string, (string Value, ConfigLine Line)> values, string data)
    {
        var found = new List<Sighting>();
        Look(values, "log_min_messages", v => v.Trim().ToLowerInvariant() is "fatal" or "panic", found);
        Look(values, "pgaudit.log_level", v => !Levels.Contains(v.Trim().ToLowerInvariant(), StringComparer.Ordinal), found);
        Look(values, "log_destination", v => !PostgreSqlWords.Names(v.ToLowerInvariant()).Exists(n => n is "stderr" or "csvlog" or "jsonlog" or "syslog"), found);
        var folder = values.TryGetValue("log_directory", out var named) ? named.Value : "log";
        var isNowhere = NullDevice.Is($"{(folder.StartsWith('/') ? folder : $"{data}/{folder}")}/{(values.TryGetValue("log_filename", out var file) ? file.Value : "x")}");
        Look(values, values.ContainsKey("log_filename") ? "log_filename" : "log_directory", _ => isNowhere, found);
        return found;
    }

    /// <summary>Takes ciphers in that encrypt nothing or next to nothing, or ask nobody who he is.</summary>
    private static bool IsHollow(string part) =>
        part.StartsWith("@SECLEVEL=0", StringComparison.OrdinalIgnoreCase) || (part[0] is not ('!' or '-' or '+') && part.ToUpperInvariant().Split('+').Any(w => Hollow.Contains(w, StringComparer.Ordinal) || w.Contains("NULL-", StringComparison.Ordinal) || w.StartsWith("EXP-", StringComparison.Ordinal)));

    private static void Look(IReadOnlyDictionary<string, (string Value, ConfigLine Line)> values, string name, Func<string, bool> isBad, List<Sighting> into)
    {
        if (values.TryGetValue(name, out var found) && isBad(found.Value))
        {
            into.Add(new Sighting($"{name} = {found.Value}", found.Line.Place));
        }
    }
}
