namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>snmpd, inetd and mounts.</summary>
internal static class BlackenedServices
{
    private const string AuditSwitch = "audit=";

    /// <summary>Communities everybody knows are a finding; every other one is a password.</summary>
    public static string Snmp(string line)
    {
        var words = Words(line);
        var key = words.Length < 2 ? "" : words[0].ToLowerInvariant();
        var at = Kept.Is(key, "^r[ow]community6?$") ? 1 : key is "com2sec" or "com2sec6" ? words.Length - 1 : 0;
        if (at == 0)
        {
            return Kept.Keyed("snmp", line);
        }

        words[at] = words[at] is "public" or "private" ? words[at] : Kept.Mark;
        return string.Join(' ', words);
    }

    /// <summary>Behind the sixth word stand a program's arguments.</summary>
    public static string Inet(string line)
    {
        var words = Words(line);
        return Kept.Trim(line).StartsWith('#') ? Kept.Indent(line) + "#" : words.Length <= 6 ? line : string.Join(' ', words.Take(6).Append(Kept.Mark));
    }

    public static string Mount(string line)
    {
        var words = Words(line);
        if (words.Length < 4)
        {
            return line;
        }

        var from = Kept.Find(words[0], "://[^@ ]*@") is { Success: true } found ? $"{words[0][..found.Index]}://{Kept.Mark}@{words[0][(found.Index + found.Length)..]}" : words[0];
        var options = words[3].Split(',').Select(o => o.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? $"{o[..at]}={Kept.Mark}" : o);
        return $"{from} {words[1]} {words[2]} {string.Join(',', options)}{(words.Length > 4 ? " 0 0" : "")}";
    }

    private static string[] Words(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Of what a kernel is started with only the switch of the audit system; one nobody knows stays as a switch.</summary>
    public static string Booted(string line) =>
        Kept.Trim(line) is ['#', ..] ? "#" : string.Join(' ', line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(BootWord));

    private static string BootWord(string word)
    {
        var first = word.IndexOf(AuditSwitch, StringComparison.Ordinal);
        if (first < 0 || (!Kept.Is(word, "^[\"']?audit=") && !Kept.Is(word[..first], "^[\"']?[A-Za-z_]+=[\"']?$")))
        {
            return Kept.Mark;
        }

        var value = word[(first + AuditSwitch.Length)..];
        value = value is [.., '"' or '\''] ? value[..^1] : value;
        return AuditSwitch + (value is "" or "0" or "1" or "on" or "off" ? value : Kept.Mark);
    }
}
