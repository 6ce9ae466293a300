using System.Globalization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// All directives of sshd_config and what it includes, in the order sshd meets them. What would keep sshd from starting is
/// <see cref="FailureKind.BadInput"/>: nobody can say what such a server does.
/// </summary>
internal sealed class SshdTree
{
    private const int Depth = 16;
    private const int DirectiveCap = 20_000;
    private readonly HostSnapshot _snapshot;
    private readonly IncludeBudget _budget = new(Depth, files: 1500);
    private readonly string _folder;
    private readonly bool _commentsEnd;
    private readonly List<SshdDirective> _directives = [];

    private SshdTree(HostSnapshot snapshot, string folder, SshdVersion? version)
    {
        _snapshot = snapshot;
        _folder = folder;
        _commentsEnd = version is null || version.Since(8, 5);
    }

    /// <exception cref="UnableException">A file cannot be read, or sshd would refuse the configuration (配置无效).</exception>
    public static IReadOnlyList<SshdDirective> Read(HostSnapshot snapshot, string main, SshdVersion? version)
    {
        var tree = new SshdTree(snapshot, main[..main.LastIndexOf('/')], version);
        tree.File(main, null, 0);
        return tree._directives;
    }

    /// <summary>One directive of the command line.</summary>
    /// <exception cref="UnableException">sshd would refuse it.</exception>
    public static SshdDirective Single(string text, ConfigLine line)
    {
        if (SshdLine.Split(text, commentsEnd: false) is not { Arguments: { Count: > 0 } arguments } split)
        {
            throw Invalid(line, "-o 后面读不懂");
        }

        var directive = new SshdDirective(Known(split.Keyword, line), arguments, null, line);
        Check(directive);
        return directive;
    }

    private void File(string path, string? outer, int depth)
    {
        if (depth > Depth)
        {
            throw new UnableException(FailureKind.BadInput, $"配置无效：{path} 的 Include 超过 {Depth} 层");
        }

        // A Match inside an included file ends with it, and counts only where the Match around the Include does.
        var criteria = outer;
        foreach (var line in _budget.Lines(_snapshot, path, depth) ?? [])
        {
            if (SshdLine.Split(line.Text, _commentsEnd) is not { } split)
            {
                continue;
            }

            var keyword = Known(split.Keyword, line);
            var arguments = split.Arguments ?? throw Invalid(line, $"{split.Keyword} 的引号没有闭合");
            if (arguments.Count == 0)
            {
                throw Invalid(line, $"{split.Keyword} 没有值");
            }

            switch (keyword)
            {
                case "match":
                    criteria = Join(outer, Criteria(line, arguments));
                    break;
                case "include":
                    arguments.ForEach(a => Include(a, criteria, depth));
                    break;
                default:
                    Add(new SshdDirective(keyword, arguments, criteria, line));
                    break;
            }
        }
    }

    private void Include(string pattern, string? criteria, int depth)
    {
        var full = pattern.StartsWith('/') ? pattern : $"{_folder}/{pattern}";
        foreach (var path in GlobPattern.HasWildcard(full) ? _snapshot.Included(full) : [full])
        {
            var file = _snapshot.Find(path);
            if (file.State is not (FileState.Directory or FileState.Missing))
            {
                File(path, criteria, depth + 1);
            }
        }
    }

    private void Add(SshdDirective directive)
    {
        if (directive.Criteria is not (null or SshdDirective.Everybody) && !SshdKeywords.Matchable.Contains(directive.Keyword))
        {
            throw Invalid(directive.Line, $"{directive.Keyword} 不能写在 Match 块里");
        }

        if (_directives.Count >= DirectiveCap)
        {
            throw new UnableException(FailureKind.BadInput, $"{directive.Line.Path} 的指令超过 {DirectiveCap} 条");
        }

        Check(directive);
        _directives.Add(directive);
    }

    private static void Check(SshdDirective directive)
    {
        var (keyword, value) = (directive.Keyword, directive.Arguments[0]);
        var isSingle = SshdKeywords.Flags.Contains(keyword) || SshdKeywords.Numbers.Contains(keyword) || SshdKeywords.Times.Contains(keyword)
            || SshdKeywords.Words.ContainsKey(keyword) || keyword is "ciphers" or "macs" or "kexalgorithms";
        if (isSingle && directive.Arguments.Count > 1)
        {
            throw Invalid(directive.Line, $"{keyword} 后面有多余的内容");
        }

        var lower = value.ToLowerInvariant();
        var isGood = SshdKeywords.Flags.Contains(keyword) ? lower is "yes" or "no"
            : SshdKeywords.Words.TryGetValue(keyword, out var words) ? words.Contains(lower)
            : SshdKeywords.Numbers.Contains(keyword) ? int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            : !SshdKeywords.Times.Contains(keyword) || Seconds(value) is not null;
        if (!isGood || SshdAlgorithms.WouldStopSshd(keyword, value))
        {
            throw Invalid(directive.Line, $"{keyword} 的值不是它能取的值");
        }
    }

    /// <summary>convtime(): 90, 2m, 1h30m; none is 0 for grace times of old.</summary>
    public static long? Seconds(string text)
    {
        long total = 0;
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            if (at == start || !int.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            var unit = at == text.Length ? 1 : char.ToLowerInvariant(text[at]) switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, 'w' => 604_800, _ => 0 };
            if (unit == 0)
            {
                return null;
            }

            at++;
            total += (long)number * unit;
        }

        return text.Length == 0 || total > int.MaxValue ? null : total;
    }

    private static string Known(string keyword, ConfigLine line)
    {
        var lower = keyword.ToLowerInvariant();
        return SshdKeywords.IsKnown(lower)
            ? SshdKeywords.Canonical(lower)
            : throw Invalid(line, keyword.Length <= 40 && keyword.All(char.IsAsciiLetterOrDigit) ? $"不认识的关键字 {keyword}" : "有不认识的关键字");
    }

    private static string Criteria(ConfigLine line, List<string> arguments)
    {
        if (arguments is [var only] && only.Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            return SshdDirective.Everybody;
        }

        for (var i = 0; i < arguments.Count; i += 2)
        {
            var attribute = arguments[i].ToLowerInvariant();
            var equals = attribute.IndexOf('=', StringComparison.Ordinal);
            attribute = equals < 0 ? attribute : attribute[..equals];
            i -= equals < 0 ? 0 : 1;
            if (attribute is "invalid-user" or "canonical" or "final")
            {
                i--;
            }
            else if (attribute is not ("user" or "group" or "host" or "address" or "localaddress" or "localport" or "rdomain" or "version" or "sessiontype" or "command"))
            {
                throw Invalid(line, "Match 的条件不认识");
            }
            else if (equals < 0 && i + 1 >= arguments.Count)
            {
                throw Invalid(line, "Match 的条件没有值");
            }
        }

        return string.Join(' ', arguments);
    }

    private static string? Join(string? outer, string inner) => outer is null or SshdDirective.Everybody ? inner : inner == SshdDirective.Everybody ? outer : $"{outer} {inner}";

    private static UnableException Invalid(ConfigLine line, string why) => new(FailureKind.BadInput, $"配置无效：{line.Place} {why}，sshd 会拒绝启动");
}
