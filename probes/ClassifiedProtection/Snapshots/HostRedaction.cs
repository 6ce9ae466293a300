using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// Blackens secrets of configuration files; what the collector does on the host, done again here for every source, so that no snapshot
/// holds one. Lines stay where they are; applying it twice changes nothing.
/// </summary>
internal static partial class HostRedaction
{
    public const string AttributesOnly = "stat";
    private const string Mark = "***";
    private const int Limit = 2000;
    private static readonly string[] SnmpWhole =
        ["trapcommunity", "trapsink", "trap2sink", "informsink", "createuser", "usmuser", "proxy", "trapsess", "rouser", "rwuser", "monitor", "extend", "exec", "pass", "pass_persist", "sh"];
    private static readonly string[] DefaultPasswords =
        ["tomcat", "admin", "s3cret", "manager", "role1", "123456", "password", "root", "changeit", "must-be-changed", "<must-be-changed>", "&lt;must-be-changed&gt;"];

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
            _ when path.EndsWith(".xml", StringComparison.Ordinal) => "xml",
            _ when path.EndsWith(".cnf", StringComparison.Ordinal) => "mysql",
            _ when path.EndsWith("shadow", StringComparison.Ordinal) => "shadow",
            _ when path.Contains("/redis", StringComparison.Ordinal) || path.EndsWith(".acl", StringComparison.Ordinal) => "redis",
            _ when path.EndsWith(".key", StringComparison.Ordinal) || path.EndsWith(".pem", StringComparison.Ordinal) || path.EndsWith(".so", StringComparison.Ordinal) => AttributesOnly,
            _ => "text",
        };
    }

    /// <param name="kind">As in the collector's list.</param>
    /// <param name="text">The file.</param>
    public static string Apply(string kind, string text) => kind switch
    {
        "shadow" => Lines(text, Shadow),
        "passwd" => Lines(text, Passwd),
        "lines" => Any(Lines(text, l => SessionLine().IsMatch(l) ? HostPhrases.BlackenAssignments(Uncommented(TrailingComment().Replace(l, "")), Mark) : ShellBones.Of(l))),
        "snmp" => Any(Lines(text, l => Snmp(Uncommented(l)))),
        "redis" => Any(Lines(text, l => RedisRedaction.Line(Uncommented(l), Mark))),
        "mysql" => Any(Lines(text, l => JsonPassword().Replace(MySqlPassword().Replace(Uncommented(l, semicolons: true), "${key}" + Mark), "${key}\"" + Mark + "\""))),
        "xml" => XmlSecret().Replace(text, Xml),
        "sudo" => Any(Lines(text, l => SudoDirective().IsMatch(l) ? l : Uncommented(l))),
        _ => Any(Lines(text, l => Uncommented(l))),
    };

    private static string Lines(string text, Func<string, string> each) => string.Join('\n', text.Split('\n').Select(each));

    /// <summary>What stands behind the mark of a comment on a line of its own is nobody's business.</summary>
    private static string Uncommented(string line, bool semicolons = false)
    {
        var start = line.AsSpan().IndexOfAnyExcept(" \t");
        return start >= 0 && (line[start] == '#' || (semicolons && line[start] == ';')) ? $"{line[..start]}#" : line;
    }

    private static string Any(string text)
    {
        text = PrivateKey().Replace(text, m => string.Join('\n', m.Value.Split('\n').Select(_ => Mark)));
        text = UrlPassword().Replace(text, "${before}" + Mark + "@");
        text = ArgumentSecret().Replace(text, m => $"{m.Groups["before"].Value}{RedisRedaction.Argument(m.Groups["key"].Value, m.Groups["value"].Value, Mark)}");
        text = ArgumentUser().Replace(text, m => UserPassword().Replace(m.Value, "${mark}" + Mark));
        text = KeyValue().Replace(text, "${before}" + Mark);
        return HostPhrases.Blacken(HeaderSetting().Replace(text, "${before}" + Mark + ";"), Mark);
    }

    private static string Shadow(string line)
    {
        var fields = line.Split(':');
        if (fields.Length < 2)
        {
            return line.Length == 0 ? line : Mark;
        }

        var hash = fields[1].TrimStart('!', '*');
        var lead = fields[1][..^hash.Length];
        fields[1] = hash switch
        {
            "" or "x" or "NP" or "LK" or "NL" => fields[1],
            "DES" + Mark or Mark => fields[1],
            ['$', ..] => $"{lead}${Cut(hash.Split('$')[1])}${Mark}",
            { Length: 13 } => $"{lead}DES{Mark}",
            _ => lead + Mark,
        };
        return string.Join(':', fields);
    }

    private static string Cut(string method) => method.Length > 8 ? method[..8] : method;

    private static string Passwd(string line)
    {
        var fields = line.Split(':');
        if (fields.Length > 1 && fields[1] is not ("" or "x" or "*" or "!"))
        {
            fields[1] = Mark;
        }

        if (fields.Length > 4)
        {
            fields[4] = "";
        }

        return string.Join(':', fields);
    }

    private static string Snmp(string line)
    {
        var words = Words(line);
        if (words.Length < 2)
        {
            return line;
        }

        var key = words[0].ToLowerInvariant();
        if (SnmpWhole.Any(w => w == key))
        {
            return $"{words[0]} {Mark}";
        }

        var at = SnmpCommunity().IsMatch(key) ? 1 : key is "com2sec" or "com2sec6" ? words.Length - 1 : 0;
        if (at > 0)
        {
            words[at] = words[at] is "public" or "private" ? words[at] : Mark;
            return string.Join(' ', words);
        }

        return line;
    }

    private static string Xml(Match match)
    {
        var value = match.Groups["value"].Value;
        var isPassword = match.Groups["name"].Value.Equals("password", StringComparison.OrdinalIgnoreCase);
        var shown = value switch
        {
            "" or Mark or Mark + "short" or Mark + "default" => value,
            _ when isPassword && DefaultPasswords.Contains(value, StringComparer.OrdinalIgnoreCase) => Mark + "default",
            { Length: < 8 } => Mark + "short",
            _ => Mark,
        };
        return match.Groups["before"].Value + shown + new string('\n', value.Count(c => c == '\n')) + match.Groups["quote"].Value;
    }

    private static string[] Words(string line) => line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("TMOUT|umask|autologout", RegexOptions.CultureInvariant, Limit)]
    private static partial Regex SessionLine();

    [GeneratedRegex("[ \t]#.*$", RegexOptions.CultureInvariant, Limit)]
    private static partial Regex TrailingComment();

    [GeneratedRegex("^r[ow]community6?$", RegexOptions.CultureInvariant, Limit)]
    private static partial Regex SnmpCommunity();

    [GeneratedRegex(@"^(?<key>[ \t]*(?:loose[-_])?(?:[a-z]+[-_])*passwords?[ \t]*=[ \t]*).*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex MySqlPassword();

    [GeneratedRegex(@"(?<key>""[a-z_]*password""[ \t]*:[ \t]*)""[^""]*""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex JsonPassword();

    [GeneratedRegex(@"^\s*#(?:include(?:dir)?\s|[0-9-])", RegexOptions.CultureInvariant, Limit)]
    private static partial Regex SudoDirective();

    [GeneratedRegex(@"(?<before>(?<name>password|secret|keystorepass|truststorepass|keypass|certificatekeypassword|connectionpassword|credential)[ \t\r\n]*=[ \t\r\n]*(?<quote>[""']))(?<value>[^""']*)(?:\k<quote>|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex XmlSecret();

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----.*?(-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex PrivateKey();

    /// <summary>On a command line; an empty value is none and stays.</summary>
    [GeneratedRegex(@"(?<before>--(?<key>[a-z_-]*(pass|password|auth|secret|token|masteruser))([ \t=]|\\?[""'])+)(?<value>-?[^\s""'\\*-][^\s""'\\]*)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex ArgumentSecret();

    [GeneratedRegex(@"--user[ \t""'][^\r\n]*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Limit)]
    private static partial Regex ArgumentUser();

    [GeneratedRegex(@"(?<mark>[>#<!])[^\s""'\\*][^\s""'\\]*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex UserPassword();

    [GeneratedRegex(@"(?<before>://[^/@:\s]{0,256}:)[^/@\s]{1,1024}@", RegexOptions.CultureInvariant, Limit)]
    private static partial Regex UrlPassword();

    [GeneratedRegex(@"(?<before>(password|passwd|passphrase|pwd|secret|token|bindpw|bindpasswd|ldapbindpasswd|radiussecrets|api_?key|access_?key|private_?key|auth_?key|community)[""']?[ \t]*=[ \t]*)(\*\*\*(?=[\s;)]|$)|""[^""\n]*""|'[^'\n]*'|[^\s;""']+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex KeyValue();

    [GeneratedRegex(@"^(?<before>[ \t]*((proxy_set_header|grpc_set_header|add_header|fastcgi_param|uwsgi_param|scgi_param|set)[ \t]+[$A-Za-z0-9_-]*(auth|token|secret|key|passw|cookie)[A-Za-z0-9_-]*|secure_link_md5)[ \t]+)[^\r\n]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex HeaderSetting();
}
