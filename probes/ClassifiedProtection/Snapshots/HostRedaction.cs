using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// Blackens secrets of configuration files; what the collector does on the host, done again here for every source, so that no snapshot
/// holds one. Lines stay where they are; applying it twice changes nothing.
/// </summary>
internal static partial class HostRedaction
{
    public const string AttributesOnly = "stat";

    /// <summary>Of what nobody knows only names stay.</summary>
    public const string Unknown = "bare";

    private const string Mark = "***";
    private const int Limit = 2000;
    private const int MostXmlWork = 2_000_000;
    private static readonly HashSet<string> Methods = new(["1", "2a", "2b", "2x", "2y", "2", "5", "6", "7", "y", "gy", "md5", "sha1", "sm3"], StringComparer.Ordinal);

    /// <summary>By the collector's own list, else by where a file lies: included files may be anywhere.</summary>
    public static string KindOf(string path)
    {
        foreach (var (kind, pattern) in Collector.Files)
        {
            if (pattern == path || (GlobPattern.HasWildcard(pattern) && GlobPattern.MatchesPath(pattern, path)))
            {
                return kind;
            }
        }

        return path switch
        {
            _ when path.StartsWith("/etc/sudoers", StringComparison.Ordinal) => "sudo",
            _ when path.Contains("/ssh/", StringComparison.Ordinal) || path.Contains("/sshd_config", StringComparison.Ordinal) => "sshd",
            _ when path.Contains("/pam.d/", StringComparison.Ordinal) => "pam",
            _ when path.Contains("/nginx/", StringComparison.Ordinal) => "nginx",
            _ when path.Contains("/rsyslog", StringComparison.Ordinal) => "rsyslog",
            _ when path.Contains("hba", StringComparison.Ordinal) => "hba",
            _ when path.Contains("postgresql", StringComparison.Ordinal) || path.Contains("pgsql", StringComparison.Ordinal) => "pg",
            _ when path.EndsWith(".xml", StringComparison.Ordinal) => "xml",
            _ when path.EndsWith(".cnf", StringComparison.Ordinal) => "mysql",
            _ when path.EndsWith("shadow", StringComparison.Ordinal) => "shadow",
            _ when path.Contains("/redis", StringComparison.Ordinal) || path.EndsWith(".acl", StringComparison.Ordinal) => "redis",
            _ when path.EndsWith(".key", StringComparison.Ordinal) || path.EndsWith(".pem", StringComparison.Ordinal) || path.EndsWith(".so", StringComparison.Ordinal) => AttributesOnly,
            _ => Unknown,
        };
    }

    /// <summary>
    /// XML can be written so that the collector's script takes minutes over it. Both leave it out by the same number, brackets times KiB, so that
    /// a tree and a bundle of one host have the same files.
    /// </summary>
    public static bool IsLaborious(string kind, ReadOnlySpan<byte> bytes) => kind == "xml" && (long)bytes.Count((byte)'<') * (bytes.Length / 1024) > MostXmlWork;

    /// <param name="kind">As in the collector's list.</param>
    /// <param name="text">The file.</param>
    public static string Apply(string kind, string text) => kind switch
    {
        "shadow" => Lines(text, Shadow),
        "passwd" => Lines(text, Passwd),
        "xml" => Blackened.Of(kind, text),
        _ => Any(Blackened.Of(kind, text)),
    };

    /// <summary>What a command said: remarks are written by people.</summary>
    public static string ApplyToOutput(string text) => Remark().Replace(Any(text), "${before}" + Mark);

    private static string Lines(string text, Func<string, string> each) => string.Join('\n', text.Split('\n').Select(each));

    private static string Any(string text)
    {
        text = PrivateKey().Replace(text, m => string.Join('\n', m.Value.Split('\n').Select(_ => Mark)));
        text = UrlPassword().Replace(text, "${before}" + Mark + "@");
        text = ArgumentSecret().Replace(text, m => $"{m.Groups["before"].Value}{RedisRedaction.Argument(m.Groups["key"].Value, m.Groups["value"].Value)}");
        text = ArgumentUser().Replace(text, m => UserPassword().Replace(m.Value, "${mark}" + Mark));
        text = ArgumentRename().Replace(text, "${before}" + Mark);
        text = KeyValue().Replace(text, "${before}" + Mark);
        return ArgumentCommand().Replace(text, "${before}" + Kept.Mark + "${end}");
    }

    private static string Shadow(string line)
    {
        var fields = line.Split(':');
        if (fields.Length < 2)
        {
            return line.Length == 0 ? line : Mark;
        }

        // The salt stands behind the method: only methods that are known are shown.
        var hash = fields[1].TrimStart('!', '*');
        var lead = fields[1][..^hash.Length];
        fields[1] = hash switch
        {
            "" or "x" or "NP" or "LK" or "NL" => fields[1],
            "DES" + Mark or Mark => fields[1],
            ['$', ..] => $"{lead}${(Methods.Contains(hash.Split('$')[1]) ? hash.Split('$')[1] : "?")}${Mark}",
            { Length: 13 } => $"{lead}DES{Mark}",
            _ => lead + Mark,
        };
        return string.Join(':', fields);
    }

    private static string Passwd(string line)
    {
        var fields = line.Split(':');
        if (fields.Length < 2 || line[0] == '#')
        {
            return line is "" or "+" or "-" ? line : line[0] == '#' ? "#" : Mark;
        }

        if (fields[1] is not ("" or "x" or "*" or "!"))
        {
            fields[1] = Mark;
        }

        if (fields.Length > 4)
        {
            fields[4] = "";
        }

        return string.Join(':', fields);
    }

    [GeneratedRegex(@"(?<before>comment[ \t]+)(""[^""\n]*""|[^\s]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Remark();

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----.*?(-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex PrivateKey();

    /// <summary>On a command line; an empty value is none and stays.</summary>
    [GeneratedRegex(@"(?<before>--(?<key>[a-z_-]*(pass|password|auth|secret|token|masteruser))([ \t=]|\\?[""'])+)(?<value>-?[^\s""'\\*-][^\s""'\\]*)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex ArgumentSecret();

    /// <summary>The second word behind it is a name nobody is to know; an empty one is none.</summary>
    [GeneratedRegex(@"(?<before>--rename-command([ \t=]|\\?[""'])+[^\s""'\\]+(\\?[""'])?[ \t]+(\\?[""'])?)-?[^\s""'\\*-][^\s""'\\]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex ArgumentRename();

    /// <summary>Nobody knows where a command that says a passphrase ends: the line is not read further.</summary>
    [GeneratedRegex(@"(?<before>ssl[_-]passphrase[_-]command[ \t]*=[ \t]*)([^\n]*[^\\\n])?(?<end>\\*)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex ArgumentCommand();

    [GeneratedRegex(@"--user[ \t""'][^\r\n]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking, Limit)]
    private static partial Regex ArgumentUser();

    [GeneratedRegex(@"(?<mark>[>#<!])[^\s""'\\*][^\s""'\\]*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex UserPassword();

    [GeneratedRegex(@"(?<before>://[^/@:\s]{0,256}:)[^/@\s]{1,1024}@", RegexOptions.CultureInvariant, Limit)]
    private static partial Regex UrlPassword();

    [GeneratedRegex(@"(?<before>(password|passwd|passphrase|pwd|secret|token|bindpw|bindpasswd|ldapbindpasswd|radiussecrets|api_?key|access_?key|private_?key|auth_?key|community)[""']?[ \t]*=[ \t]*)(\*\*\*(?=[\s;)]|$)|""[^""\n]*""|'[^'\n]*'|[^\s;""']+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex KeyValue();
}
