using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Where foreign input goes in the Java of a source tree that was not built.</summary>
public sealed record JavaAnalysis
{
    /// <summary>Java files that were read.</summary>
    [Description("Java 文件数")]
    public required int Files { get; init; }

    [Description("Java 行数")]
    public required int Lines { get; init; }

    /// <summary>Every Java file was read and understood, every method gone through to its end, and there are no pages or other languages of the same platform beside it.</summary>
    [Description("分析完整")]
    public required bool IsComplete { get; init; }

    /// <summary>Calls of which it is known what they do with values, in the tree or by the tables of libraries, in percent rounded down; null where nothing is called.</summary>
    [Description("认识的调用（%）")]
    public required int? KnownCallsPercent { get; init; }

    [Description("查找的缺陷种类")]
    public required IReadOnlyList<string> Weaknesses { get; init; }

    /// <summary>Severe, and of high confidence or plain by the place alone: SQL, commands, pages, LDAP, XPath, requests, expressions, JNDI. True as soon as one is seen, missing otherwise and never false: nothing found proves nothing.</summary>
    [DisplayName("看到注入类超危、高危缺陷（没有发现不说明没有）")]
    public Fact<bool> HasSevereInjection { get; init; }

    /// <summary>True or missing, as above.</summary>
    [DisplayName("看到反序列化或外部实体类超危、高危缺陷（没有发现不说明没有）")]
    public Fact<bool> HasSevereDeserialization { get; init; }

    /// <summary>True or missing, as above.</summary>
    [DisplayName("看到文件路径类超危、高危缺陷（没有发现不说明没有）")]
    public Fact<bool> HasSevereFileAccess { get; init; }

    /// <summary>Settings and configuration code that leave a door open, severe and of at least medium confidence. True or missing, as above: a deployment may change what stands in the repository, for the better and for the worse.</summary>
    [DisplayName("看到超危、高危的配置缺陷（没有发现不说明没有）")]
    public Fact<bool> HasSevereSettings { get; init; }

    /// <summary>Severe flows of these three classes that are doubted for one reason alone (<see cref="CodeDefect.IsForPeople"/>): people judge them.</summary>
    [DisplayName("只有一处存疑、由人确认的超危、高危数据流（处）")]
    public int DoubtedSevere { get; init; }

    /// <summary>Severe ones of these classes that are doubted for more than that, or on whole: no more than hints, and people who accept the others look at them too.</summary>
    [DisplayName("把握低、只作提示的超危、高危发现（处）")]
    public int SuspectedSevere { get; init; }

    /// <summary>Their classes (injection, deserialization, file).</summary>
    [DisplayName("有由人确认的数据流")]
    public IReadOnlyList<string> Doubted { get; init; } = [];

    /// <summary>Missing where the analysis is not complete.</summary>
    [Description("缺陷")]
    public Fact<IReadOnlyList<CodeDefect>> Defects { get; init; }

    /// <summary>What was seen in an analysis that is not complete; empty where it is, as the list above has all.</summary>
    [Description("已看到的缺陷（分析不完整）")]
    public required IReadOnlyList<CodeDefect> SeenSoFar { get; init; }

    /// <summary>Whichever of the two lists holds them.</summary>
    internal IReadOnlyList<CodeDefect> Seen => Defects is { IsKnown: true, Value: { } all } ? all : SeenSoFar;

    /// <summary>Defects that people suppressed, with effect; they stand in the lists above.</summary>
    [Description("已抑制的处数")]
    public int Suppressed { get; init; }

    /// <summary>Classes (injection, deserialization, file, settings) in a complete analysis whose findings, of any confidence, are all suppressed; that nothing else is there is not known.</summary>
    [DisplayName("只有已抑制的发现")]
    public IReadOnlyList<string> AwaitsAcceptance { get; init; } = [];

    /// <summary>Sources, sinks, sanitizers and entries that the project declared of its own methods, for people.</summary>
    [Description("项目声明的数据流规则")]
    public IReadOnlyList<string> Declared { get; init; } = [];

    /// <summary>Files that were not read, or in which a stretch was not understood.</summary>
    [Description("没有读懂的文件")]
    public required IReadOnlyList<UnreadSource> Unread { get; init; }

    /// <summary>Files of settings, and XML that may hold some, that were not read or not understood, and what of them was beyond a cap; nothing was looked for there.</summary>
    [Description("没有读或没有读懂的设置文件")]
    public IReadOnlyList<UnreadSource> UnreadSettings { get; init; } = [];

    /// <summary>Methods that were not gone through to their end; the first of them.</summary>
    [Description("没有走完的方法")]
    public required IReadOnlyList<UnreadSource> Cut { get; init; }

    /// <summary>Checks (regular expressions, prefixes, forbidden texts) that stopped a flow and are worth as much as what they compare with, which nobody judged; the first of them.</summary>
    [Description("相信了的检查")]
    public IReadOnlyList<UnreadSource> Believed { get; init; } = [];

    /// <summary>All of them.</summary>
    [Description("相信了的检查数")]
    public int BelievedCount { get; init; }

    /// <summary>All of them.</summary>
    [Description("没有走完的方法数")]
    public required int CutCount { get; init; }
}
