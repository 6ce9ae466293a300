using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>A value that a Match block gives to some connections.</summary>
/// <param name="Keyword">Lower case.</param>
/// <param name="Value">As written.</param>
/// <param name="Number">The value where it is a number or a time in seconds; else null.</param>
/// <param name="Criteria">Of the Match block.</param>
/// <param name="Origin">File and line.</param>
public sealed record SshdOverride(
    [property: Description("")] string Keyword, [property: Description("")] string Value, [property: DisplayName("数值")] long? Number, [property: Description("Match 条件")] string Criteria, [property: Description("出处")] string Origin);

/// <summary>What sshd does for a connection no Match block but <c>Match all</c> is about, and where others differ (sshd_config(5)).</summary>
public sealed record SshdSettings
{
    /// <summary>True where what sshd is started with was looked at, which goes before its file; missing where the file was handed in alone.</summary>
    [Description("sshd 的启动选项（systemd 单元与启动文件，先于配置文件生效）")]
    public Fact<bool> StartKnown { get; init; }

    /// <summary>Major and minor version of OpenSSH; missing where nobody knows.</summary>
    [Description("OpenSSH 版本")]
    public Fact<string> Version { get; init; }

    /// <summary>SSH 1 cannot be spoken: every version from 7.4 on, and older ones that say so.</summary>
    [Description("只有协议 2")]
    public Fact<bool> OnlyProtocol2 { get; init; }

    [Description("PermitRootLogin")]
    public Fact<WordSetting> PermitRootLogin { get; init; }

    [Description("PermitEmptyPasswords")]
    public Fact<WordSetting> PermitEmptyPasswords { get; init; }

    [Description("MaxAuthTries")]
    public Fact<NumberSetting> MaxAuthTries { get; init; }

    /// <summary>Seconds after which a silent peer is dropped: interval × count; null where it never is.</summary>
    [Description("探活断开秒数")]
    public Fact<NumberSetting> AliveSeconds { get; init; }

    /// <summary>The same, of the connections that are kept longest, Match blocks with them.</summary>
    [Description("最长的探活断开秒数")]
    public Fact<NumberSetting> AliveLongest { get; init; }

    [Description("ClientAliveInterval")]
    public Fact<NumberSetting> AliveInterval { get; init; }

    [Description("ClientAliveCountMax")]
    public Fact<NumberSetting> AliveCount { get; init; }

    /// <summary>Seconds; 0 is without end.</summary>
    [Description("LoginGraceTime")]
    public Fact<NumberSetting> LoginGraceTime { get; init; }

    [Description("Ciphers")]
    public Fact<ListSetting> Ciphers { get; init; }

    [Description("MACs")]
    public Fact<ListSetting> Macs { get; init; }

    [Description("KexAlgorithms")]
    public Fact<ListSetting> KexAlgorithms { get; init; }

    [Description("AllowUsers")]
    public Fact<IReadOnlyList<string>> AllowUsers { get; init; }

    [Description("AllowGroups")]
    public Fact<IReadOnlyList<string>> AllowGroups { get; init; }

    /// <summary>Every entry of AllowUsers names a source behind an @, and no pattern of all sources.</summary>
    [Description("AllowUsers 限定来源")]
    public Fact<bool> LimitsSources { get; init; }

    /// <summary>AllowUsers or AllowGroups are there, and none of their entries is a pattern of everybody.</summary>
    [Description("限定用户或组")]
    public Fact<bool> LimitsUsers { get; init; }

    [Description("IgnoreRhosts")]
    public Fact<WordSetting> IgnoreRhosts { get; init; }

    [Description("HostbasedAuthentication")]
    public Fact<WordSetting> HostbasedAuthentication { get; init; }

    [Description("PermitUserEnvironment")]
    public Fact<WordSetting> PermitUserEnvironment { get; init; }

    [Description("LogLevel")]
    public Fact<WordSetting> LogLevel { get; init; }

    [Description("UsePAM")]
    public Fact<WordSetting> UsePam { get; init; }

    [Description("PasswordAuthentication")]
    public Fact<WordSetting> PasswordAuthentication { get; init; }

    [Description("KbdInteractiveAuthentication")]
    public Fact<WordSetting> KbdInteractiveAuthentication { get; init; }

    [Description("X11Forwarding")]
    public Fact<WordSetting> X11Forwarding { get; init; }

    [Description("AllowTcpForwarding")]
    public Fact<WordSetting> AllowTcpForwarding { get; init; }

    /// <summary>Each element one combination, its methods separated by commas; empty where any method will do.</summary>
    [Description("AuthenticationMethods")]
    public Fact<IReadOnlyList<string>> AuthenticationMethods { get; init; }

    /// <summary>Every combination asks for a key and something else, and no Match block says otherwise.</summary>
    [Description("每种组合都含公钥与另一种方式")]
    public Fact<bool> AsksTwoFactors { get; init; }

    /// <summary>What Match blocks change.</summary>
    [Description("Match 块里的不同值")]
    public Fact<IReadOnlyList<SshdOverride>> Overrides { get; init; }
}
