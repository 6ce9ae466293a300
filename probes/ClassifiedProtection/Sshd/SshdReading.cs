using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// Effective values: the first one counts; what stands under <c>Match all</c> goes before what stands outside, as a Match block that
/// applies overrides the rest. What no line says is as this version does by itself.
/// </summary>
internal sealed class SshdReading(IReadOnlyList<SshdDirective> directives, SshdVersion? version)
{
    private readonly IReadOnlyDictionary<string, string>? _defaults = version?.Defaults;

    /// <summary>False where the distribution hands the algorithms to sshd on its command line, which no file shows.</summary>
    public bool KnowsAlgorithms { get; init; } = true;

    /// <summary>False where options may go before the files that nobody handed in.</summary>
    public bool KnowsStart { get; init; } = true;

    public SshdSettings Settings() => new()
    {
        StartKnown = KnowsStart ? true : default(Fact<bool>),
        Version = version is null ? default(Fact<string>) : version.ToString(),
        OnlyProtocol2 = OnlyProtocol2(),
        PermitRootLogin = Word("permitrootlogin"),
        PermitEmptyPasswords = Word("permitemptypasswords"),
        MaxAuthTries = Number("maxauthtries"),
        AliveSeconds = Alive(withBlocks: false),
        AliveLongest = Alive(withBlocks: true),
        AliveInterval = Number("clientaliveinterval"),
        AliveCount = Number("clientalivecountmax"),
        LoginGraceTime = Number("logingracetime"),
        Ciphers = Algorithms("ciphers"),
        Macs = Algorithms("macs"),
        KexAlgorithms = Algorithms("kexalgorithms"),
        AllowUsers = new(List("allowusers")),
        AllowGroups = new(List("allowgroups")),
        LimitsSources = Limits("allowusers", SshdAccess.LimitsSource),
        LimitsUsers = Limits("allowusers", SshdAccess.LimitsAnything) || Limits("allowgroups", SshdAccess.LimitsAnything),
        IgnoreRhosts = Word("ignorerhosts"),
        HostbasedAuthentication = Word("hostbasedauthentication"),
        PermitUserEnvironment = Word("permituserenvironment"),
        LogLevel = Word("loglevel"),
        UsePam = Word("usepam"),
        PasswordAuthentication = Word("passwordauthentication"),
        KbdInteractiveAuthentication = Word("kbdinteractiveauthentication"),
        X11Forwarding = Word("x11forwarding"),
        AllowTcpForwarding = Word("allowtcpforwarding"),
        AuthenticationMethods = new(Methods(First("authenticationmethods"))),
        AsksTwoFactors = AsksTwoFactors(),
        Overrides = new([.. directives.Where(IsOverride).Select(Override)]),
    };

    /// <summary>Lines whose values are shown above.</summary>
    public IReadOnlyList<ConfigLine> Excerpt() => [.. directives.Where(d => Shown.Contains(d.Keyword)).Select(d => d.Line).Distinct()];

    private static HashSet<string> Shown { get; } =
    [
        "permitrootlogin", "permitemptypasswords", "maxauthtries", "clientaliveinterval", "clientalivecountmax", "logingracetime", "ciphers", "macs", "kexalgorithms", "allowusers",
        "allowgroups", "ignorerhosts", "hostbasedauthentication", "permituserenvironment", "loglevel", "usepam", "passwordauthentication", "kbdinteractiveauthentication",
        "x11forwarding", "allowtcpforwarding", "authenticationmethods", "protocol",
    ];

    private SshdDirective? First(string keyword) =>
        directives.FirstOrDefault(d => d.Keyword == keyword && d.Criteria == SshdDirective.Everybody && SshdKeywords.Matchable.Contains(keyword))
        ?? directives.FirstOrDefault(d => d.Keyword == keyword && d.Criteria is (null or SshdDirective.Everybody));

    /// <summary>In Match blocks the first block that names a list replaces it; outside, lines add up.</summary>
    private List<string> List(string keyword)
    {
        var all = directives.Where(d => d.Keyword == keyword && d.Criteria == SshdDirective.Everybody).ToList();
        var source = all.Count > 0 ? all : directives.Where(d => d.Keyword == keyword && d.Criteria is null);
        return [.. source.SelectMany(d => d.Arguments)];
    }

    /// <summary>There are entries, and each of them holds; so do those a Match block puts in their place.</summary>
    private bool Limits(string keyword, Func<string, bool> holds) => List(keyword) is { Count: > 0 } entries && entries.TrueForAll(e => holds(e))
        && directives.Where(d => d.Keyword == keyword && IsOverride(d)).All(d => d.Arguments.All(holds));

    private Fact<WordSetting> Word(string keyword)
    {
        if (First(keyword) is { } found)
        {
            return WordSetting.At(found.Line, Normal(keyword, found.Arguments[0]));
        }

        return _defaults is { } known ? WordSetting.ByDefault(known[keyword]) : default(Fact<WordSetting>);
    }

    private Fact<NumberSetting> Number(string keyword)
    {
        if (First(keyword) is { } found)
        {
            return NumberSetting.At(found.Line, NumberOf(keyword, found.Arguments[0]));
        }

        return _defaults is { } known ? NumberSetting.ByDefault(NumberOf(keyword, known[keyword])) : default(Fact<NumberSetting>);
    }

    /// <summary>The longest a silent peer stays.</summary>
    private Fact<NumberSetting> Alive(bool withBlocks)
    {
        var (interval, count) = (Number("clientaliveinterval"), Number("clientalivecountmax"));
        if (!interval.IsKnown || !count.IsKnown)
        {
            return default;
        }

        var all = directives.Where(d => withBlocks && IsOverride(d) && d.Keyword is "clientaliveinterval" or "clientalivecountmax").GroupBy(d => d.Criteria, StringComparer.Ordinal)
            .Select(g => (Interval: Own(g, "clientaliveinterval") ?? interval.Value, Count: Own(g, "clientalivecountmax") ?? count.Value)).Prepend((Interval: interval.Value, Count: count.Value)).ToList();
        if (version is null && all.Exists(a => a.Count.Value == 0))
        {
            return default;
        }

        var worst = all.Select(a => (a.Interval, Seconds: Seconds(a.Interval.Value, a.Count.Value))).OrderByDescending(a => a.Seconds ?? long.MaxValue).First();
        return worst.Interval with { Value = worst.Seconds };
    }

    private static NumberSetting? Own(IEnumerable<SshdDirective> block, string keyword) =>
        block.FirstOrDefault(d => d.Keyword == keyword) is { } found ? NumberSetting.At(found.Line, NumberOf(keyword, found.Arguments[0])) : null;

    /// <summary>Since 8.2 a count of 0 never disconnects; before, it did at once.</summary>
    private long? Seconds(long? interval, long? count) => interval is not > 0 ? null : count > 0 ? interval * count : version!.Since(8, 2) ? null : interval;

    private Fact<ListSetting> Algorithms(string keyword)
    {
        var standard = _defaults is { } known && KnowsAlgorithms ? known[keyword].Split(',') : null;
        if (First(keyword) is not { } found)
        {
            return standard is null ? default(Fact<ListSetting>) : ListSetting.ByDefault(standard);
        }

        return SshdAlgorithms.Effective(keyword, found.Arguments[0], standard) is { } all ? ListSetting.At(found.Line, all) : default(Fact<ListSetting>);
    }

    private Fact<bool> OnlyProtocol2() => version switch
    {
        null => default(Fact<bool>),
        _ when version.Since(7, 4) => true,
        _ => First("protocol") is not { } said || said.Arguments[0] == "2",
    };

    private static IReadOnlyList<string> Methods(SshdDirective? directive) =>
        directive is null || directive.Arguments is [var only] && only.Equals("any", StringComparison.OrdinalIgnoreCase) ? [] : directive.Arguments;

    private bool AsksTwoFactors() => directives.Where(d => d.Keyword == "authenticationmethods" && IsOverride(d)).Append(First("authenticationmethods"))
        .All(d => Methods(d) is { Count: > 0 } methods && methods.All(IsTwoFactors));

    private static bool IsTwoFactors(string combination)
    {
        var methods = combination.Split(',').Select(m => m.Split(':')[0]).Distinct(StringComparer.Ordinal).ToList();
        return methods.Contains("publickey") && methods.Count > 1;
    }

    private static bool IsOverride(SshdDirective directive) =>
        directive.Criteria is not (null or SshdDirective.Everybody) && Shown.Contains(directive.Keyword);

    private static SshdOverride Override(SshdDirective d) => new(d.Keyword, Normal(d.Keyword, d.Value), NumberOf(d.Keyword, d.Arguments[0]), d.Criteria!, d.Line.Place);

    /// <summary>Two words of one meaning are one, and case does not matter where sshd does not mind it.</summary>
    private static string Normal(string keyword, string value) => keyword switch
    {
        "loglevel" => value.ToUpperInvariant(),
        "permitrootlogin" when value.Equals("without-password", StringComparison.OrdinalIgnoreCase) => "prohibit-password",
        "allowtcpforwarding" when value.Equals("all", StringComparison.OrdinalIgnoreCase) => "yes",
        _ when SshdKeywords.Flags.Contains(keyword) || SshdKeywords.Words.ContainsKey(keyword) => value.ToLowerInvariant(),
        _ => value,
    };

    private static long? NumberOf(string keyword, string value) => SshdKeywords.Times.Contains(keyword) ? SshdTree.Seconds(value)
        : SshdKeywords.Numbers.Contains(keyword) && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
