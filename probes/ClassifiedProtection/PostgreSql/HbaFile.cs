using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// pg_hba.conf with what it includes, in the server's own grammar: fields are separated by blanks, a comma continues a field, quotes take a
/// word its meaning and hold blanks, a backslash at the end joins lines. What the server would refuse is refused here.
/// </summary>
internal static class HbaFile
{
    private const int Depth = 10;
    private const int Cap = 10_000;
    private static readonly string[] Types = ["local", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc"];
    private static readonly string[] Methods = ["trust", "reject", "md5", "password", "scram-sha-256", "gss", "sspi", "ident", "peer", "pam", "bsd", "ldap", "radius", "cert", "oauth"];

    /// <param name="snapshot">The host.</param>
    /// <param name="path">Full.</param>
    /// <param name="version">Major; null where not known.</param>
    /// <exception cref="UnableException">A file cannot be read, or a line is none the server would take (配置无效).</exception>
    public static IReadOnlyList<HbaRule> Read(HostSnapshot snapshot, string path, int? version)
    {
        var entries = new List<HbaEntry>();
        Collect(snapshot, path, version, (0, new IncludeBudget(Depth)), entries);
        return Marked(entries);
    }

    private static void Collect(HostSnapshot snapshot, string path, int? version, (int Level, IncludeBudget Budget) at, List<HbaEntry> into)
    {
        if (into.Count > Cap)
        {
            throw new UnableException(FailureKind.BadInput, $"到 {path} 为止，访问规则超过 {Cap} 条");
        }

        foreach (var line in Joined(at.Budget.Lines(snapshot, path, at.Level) ?? throw new UnableException(FailureKind.BadInput, $"没有 {path}")))
        {
            var fields = Fields(line);
            if (fields.Count == 0)
            {
                continue;
            }

            if (fields[0][0].Text is "include" or "include_if_exists" or "include_dir" && version is null or >= 16)
            {
                var named = fields is [_, [var only]] ? only.Text : throw Invalid(line, "include 之后应当只有一个文件名");
                Included(snapshot, fields[0][0].Text, named.StartsWith('/') ? named : $"{path[..path.LastIndexOf('/')]}/{named}").ToList().ForEach(f => Collect(snapshot, f, version, at with { Level = at.Level + 1 }, into));
            }
            else
            {
                into.Add(Rule(line, fields));
            }
        }
    }

    private static IReadOnlyList<string> Included(HostSnapshot snapshot, string word, string full) => word switch
    {
        "include_dir" => snapshot.Included($"{full.TrimEnd('/')}/*.conf"),
        "include_if_exists" => snapshot.Find(full).State == FileState.Missing ? [] : [full],
        _ => [full],
    };

    /// <summary>The first rule that fits counts: behind one that rejects whoever comes in clear only those with TLS are left. "all" is no replication.</summary>
    private static List<HbaRule> Marked(List<HbaEntry> entries)
    {
        var (rules, refuses4, refuses6) = (new List<HbaRule>(), false, false);
        foreach (var (rule, net, isForAll, isReplication) in entries)
        {
            var isRefused = !isReplication && net is not null && (net.IsFour ?? refuses4 ? refuses4 : refuses6) && (net.IsFour is not null || (refuses4 && refuses6));
            rules.Add(rule with { IsClearRefused = isRefused });
            if (rule is { Type: "hostnossl", Method: "reject" } && isForAll && net is { IsEverybody: true })
            {
                (refuses4, refuses6) = (refuses4 || net.IsFour != false, refuses6 || net.IsFour != true);
            }
        }

        return rules;
    }

    /// <summary>As the running server said it read them; null where one of them it could not.</summary>
    /// <exception cref="UnableException">A fact is none.</exception>
    public static IReadOnlyList<HbaRule>? Of(RunningValues running, string differs)
    {
        var rules = new List<HbaRule>();
        foreach (var fact in running.Output.Whole("hba") ?? [])
        {
            if (fact.Values is not [var number, var type, var address, var mask, var method, "true" or "false" or "t" or "f", ..])
            {
                throw DatabaseSigns.Odd("hba");
            }

            var line = new ConfigLine($"{running.Origin} 访问规则第 {number} 行{differs}", 0, "");
            var net = type == "local" || address == "-" ? null : HbaNet.Of(line, new HbaWord(address, false));
            net = net is { NeedsMask: true } ? net.Masked(line, mask) : net;
            if (fact.Values[5][0] == 't' || !Types.Contains(type, StringComparer.Ordinal) || !Methods.Contains(method, StringComparer.Ordinal) || (net is null && type != "local"))
            {
                return null;
            }

            rules.Add(new HbaRule { Type = type, Address = net?.Text, IsOpen = net?.IsOpen == true, IsLocal = net is null || net.IsLocal, Method = method, Map = fact.Values.ElementAtOrDefault(6) is { Length: > 0 } map and not "-" ? map : null, Origin = line.Place });
        }

        return rules;
    }

    private static HbaEntry Rule(ConfigLine line, List<List<HbaWord>> fields)
    {
        var type = Only(line, fields, 0, "类型").Text;
        if (!Types.Contains(type, StringComparer.Ordinal))
        {
            throw Invalid(line, $"不认识类型 {type}");
        }

        var at = 3;
        var net = type == "local" ? null : HbaNet.Of(line, Only(line, fields, at++, "来源"));
        var mask = net is { NeedsMask: true } ? Only(line, fields, at++, "掩码").Text : null;
        net = mask is null ? net : net!.Masked(line, mask);
        var method = Only(line, fields, at, "方法").Text;
        var rule = new HbaRule
        {
            Type = type,
            Address = net?.Text,
            IsOpen = net?.IsOpen == true,
            IsLocal = net is null || net.IsLocal,
            Method = !Methods.Contains(method, StringComparer.Ordinal) ? throw Invalid(line, $"不认识方法 {method}") : type == "local" && method == "ident" ? "peer" : method,
            Map = fields.Skip(at + 1).SelectMany(f => f).Select(w => w.Text).FirstOrDefault(w => w.StartsWith("map=", StringComparison.Ordinal))?[4..],
            Origin = line.Place,
        };
        return new HbaEntry(rule, net, fields[1] is [{ IsQuoted: false, Text: "all" }] && fields[2] is [{ IsQuoted: false, Text: "all" }], fields[1].Exists(w => w is { IsQuoted: false, Text: "replication" or ['@', ..] }));
    }

    /// <summary>Refuses maps that let patterns of names be somebody: whether they let everybody be anybody is for people to say.</summary>
    /// <param name="snapshot">The host.</param>
    /// <param name="rules">Of pg_hba.conf.</param>
    /// <param name="path">Of pg_ident.conf.</param>
    /// <exception cref="UnableException">A map that is used cannot be read, or has a pattern.</exception>
    public static void CheckMaps(HostSnapshot snapshot, IReadOnlyList<HbaRule> rules, string path)
    {
        var used = rules.Where(r => r.Map is not null).DistinctBy(r => r.Map, StringComparer.Ordinal).ToDictionary(r => r.Map!, r => r.Origin, StringComparer.Ordinal);
        foreach (var line in used.Count == 0 ? [] : Joined(snapshot.Lines(path) ?? throw new UnableException(FailureKind.BadInput, $"没有 {path}，访问规则的 map 不能判读")))
        {
            var words = Fields(line).SelectMany(f => f).ToList();
            if (words is [{ Text: "include" or "include_if_exists" or "include_dir" }, ..])
            {
                throw new UnableException(FailureKind.BadInput, $"{line.Place} 引用了别的用户映射文件，尚不支持");
            }

            if (words is [var map, ..] && used.TryGetValue(map.Text, out var origin) && words.Skip(1).Any(w => w.Text is ['/', ..] || w.Text.Contains(Kept.Mark, StringComparison.Ordinal) || w is { Text: "all", IsQuoted: false } or { Text: ['+', ..], IsQuoted: false }))
            {
                throw new UnableException(FailureKind.BadInput, $"{line.Place} 的用户映射 {map.Text} 用了模式或已遮盖（{origin} 引用），谁能成为谁须人看");
            }
        }
    }

    private static HbaWord Only(ConfigLine line, List<List<HbaWord>> fields, int at, string what) => at < fields.Count && fields[at] is [var word]
        ? word is { IsQuoted: false, Text: ['@', _, ..] } ? throw Invalid(line, $"{what}写成 {word.Text}（引用文件）") : word
        : throw Invalid(line, at < fields.Count ? $"{what}写了几个" : $"没有{what}，访问规则不完整");

    private static IEnumerable<ConfigLine> Joined(IReadOnlyList<ConfigLine> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var (first, text) = (lines[i], lines[i].Text);
            while (text.EndsWith('\\') && i + 1 < lines.Count && text.Length < 100_000)
            {
                text = text[..^1] + lines[++i].Text;
            }

            yield return first with { Text = text };
        }
    }

    /// <summary>Fields of words; databases and roles are read only to get past them.</summary>
    private static List<List<HbaWord>> Fields(ConfigLine line)
    {
        var (fields, at, continues) = (new List<List<HbaWord>>(), 0, false);
        while (Next(line, ref at) is var (word, comma))
        {
            if (continues)
            {
                fields[^1].Add(word);
            }
            else
            {
                fields.Add([word]);
            }

            continues = comma;
        }

        return fields;
    }

    private static (HbaWord Word, bool Comma)? Next(ConfigLine line, ref int at)
    {
        var text = line.Text;
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or ',')
        {
            at++;
        }

        var (word, isQuoted, inQuotes, comma) = (new StringBuilder(), false, false, false);
        for (; at < text.Length && (inQuotes || text[at] is not (' ' or '\t' or '\r')) && !comma; at++)
        {
            switch (text[at])
            {
                case '#' when !inQuotes:
                    at = text.Length;
                    break;
                case ',' when !inQuotes:
                    comma = true;
                    break;
                case '"':
                    // Two of them within quotes are one that is meant.
                    word.Append(isQuoted && !inQuotes && at > 0 && text[at - 1] == '"' ? "\"" : "");
                    (isQuoted, inQuotes) = (true, !inQuotes);
                    break;
                default:
                    word.Append(text[at]);
                    break;
            }
        }

        return inQuotes ? throw Invalid(line, "引号没有闭合") : word.Length > 0 || isQuoted ? (new HbaWord(word.ToString(), isQuoted), comma) : null;
    }

    public static UnableException Invalid(ConfigLine line, string why) => new(FailureKind.BadInput, $"配置无效：{line.Place} 的访问规则读不懂，{why}");
}

/// <summary>A rule with what only its neighbours care for.</summary>
internal sealed record HbaEntry(HbaRule Rule, HbaNet? Net, bool IsForAll, bool IsReplication);

/// <summary>A word of pg_hba.conf; in quotes it is a name and no keyword.</summary>
internal sealed record HbaWord(string Text, bool IsQuoted);
