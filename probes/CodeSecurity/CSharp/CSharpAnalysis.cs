using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the compiler and the analyzers see in the C# of a source tree that was not built.</summary>
public sealed record CSharpAnalysis
{
    /// <summary>C# files that were read.</summary>
    [Description("C# 文件数")]
    public required int Files { get; init; }

    [Description("C# 行数")]
    public required int Lines { get; init; }

    [Description("工程")]
    public required IReadOnlyList<AnalyzedProject> Projects { get; init; }

    [Description("分析器")]
    public required IReadOnlyList<AnalysisEngine> Engines { get; init; }

    /// <summary>Everything was read but settings in Web.config, every source that a project names is there, nothing was hidden by conditions of the preprocessor, there are no pages, scripts or Visual Basic beside the C#, every engine ran on every project to its end.</summary>
    [Description("分析完整")]
    public required bool IsComplete { get; init; }

    /// <summary>Calls whose target the compiler knows, in percent rounded down, in the project or the file where it is lowest; tests (by the packages they refer to), projects of fewer than 20 calls and files of fewer than 10 are left out, unless there is nothing else. Null where nothing is called.</summary>
    [Description("最低的类型解析率（%）")]
    public Fact<int?> LowestResolutionPercent { get; init; }

    /// <summary>Severe, and of at least medium confidence: SQL, commands, pages, LDAP, XPath, XML, code. True as soon as one is seen.</summary>
    [DisplayName("有注入类超危、高危缺陷")]
    public Fact<bool> HasSevereInjection { get; init; }

    [DisplayName("有反序列化或外部实体类超危、高危缺陷")]
    public Fact<bool> HasSevereDeserialization { get; init; }

    [DisplayName("有文件路径类超危、高危缺陷")]
    public Fact<bool> HasSevereFileAccess { get; init; }

    [DisplayName("有写死口令、密钥或不验证身份类超危、高危缺陷")]
    public Fact<bool> HasSevereCredential { get; init; }

    [DisplayName("有密码算法类超危、高危缺陷")]
    public Fact<bool> HasSevereCrypto { get; init; }

    [DisplayName("有传输类超危、高危缺陷")]
    public Fact<bool> HasSevereTransport { get; init; }

    /// <summary>Of any level, of at least medium confidence. Settings in Web.config are not analyzed: where there is one and nothing is seen, this is missing.</summary>
    [DisplayName("有网页防护类缺陷")]
    public Fact<bool> HasWebFlaw { get; init; }

    /// <summary>Merged over engines by weakness, file and line; missing where the analysis is not complete.</summary>
    [Description("缺陷")]
    public Fact<IReadOnlyList<CodeDefect>> Defects { get; init; }

    /// <summary>What was seen in an analysis that is not complete; empty where it is, as the list above has all.</summary>
    [Description("已看到的缺陷（分析不完整）")]
    public required IReadOnlyList<CodeDefect> SeenSoFar { get; init; }

    /// <summary>Whichever of the two lists holds them.</summary>
    internal IReadOnlyList<CodeDefect> Seen => Defects is { IsKnown: true, Value: { } all } ? all : SeenSoFar;

    /// <summary>Settings of pages that no engine reads: they may switch protection off.</summary>
    [Description("有 Web.config")]
    public bool HasWebConfig { get; init; }

    /// <summary>Calls that hand text to a page or ask for an address the code does not fix, and that no engine follows; where there is one and nothing is seen, what is said of injection is missing. The first of them, and their number.</summary>
    [DisplayName("分析器不跟踪的页面输出与请求地址")]
    public IReadOnlyList<string> UntracedInjection { get; init; } = [];

    /// <summary>The same of paths of files that are sent.</summary>
    [DisplayName("分析器不跟踪的文件路径")]
    public IReadOnlyList<string> UntracedFileAccess { get; init; } = [];

    /// <summary>Defects that people suppressed, with effect; they stand in the lists above.</summary>
    [Description("已抑制的处数")]
    public int Suppressed { get; init; }

    /// <summary>Classes (injection, deserialization, file, credential, crypto, transport, web) of which all is known and nothing but suppressed defects was found.</summary>
    [DisplayName("只有已抑制的发现")]
    public IReadOnlyList<string> AwaitsAcceptance { get; init; } = [];

    [Description("没有分析的文件")]
    public required IReadOnlyList<UnreadSource> Unread { get; init; }

    /// <summary>What came of building a copy first; null where nobody asked for it.</summary>
    [Description("构建")]
    public CSharpBuild? Build { get; init; }

    /// <summary>References between projects that would have closed a circle and were left out.</summary>
    [Description("成环而略去的工程引用")]
    public required IReadOnlyList<string> CutReferences { get; init; }

    /// <summary>Where types of the framework come from.</summary>
    [Description("参考程序集")]
    public required string ReferenceAssemblies { get; init; }
}

/// <summary>One project of the tree.</summary>
public sealed record AnalyzedProject
{
    /// <summary>Path of the csproj; empty for files that belong to none.</summary>
    [Description("工程文件")]
    public required string Path { get; init; }

    [Description("文件数")]
    public required int Files { get; init; }

    [Description("行数")]
    public required int Lines { get; init; }

    /// <summary>Calls and constructions.</summary>
    [Description("调用数")]
    public Fact<int> Calls { get; init; }

    /// <summary>Those whose target the compiler knows, in percent rounded down; null where nothing is called.</summary>
    [Description("类型解析率（%）")]
    public Fact<int?> ResolutionPercent { get; init; }

    /// <summary>The same in the file where it is lowest, of those with at least 10 calls; null where there is none.</summary>
    [Description("单个文件最低的类型解析率（%）")]
    public Fact<int?> LowestFilePercent { get; init; }

    /// <summary>That file; null where there is none.</summary>
    [Description("类型解析率最低的文件")]
    public string? LowestFile { get; init; }

    /// <summary>Stub descriptions of libraries that were used in place of the real ones.</summary>
    [Description("用作替代的库")]
    public required IReadOnlyList<string> Stubs { get; init; }

    /// <summary>Engines that came to their end on it.</summary>
    [Description("跑完的分析器")]
    public required IReadOnlyList<string> Engines { get; init; }

    [Description("测试工程")]
    public required bool IsTest { get; init; }

    /// <summary>Why it was cut short; null where it was not.</summary>
    [Description("没有做完的原因")]
    public string? CutBecause { get; init; }
}

/// <summary>An analyzer beside the tool.</summary>
public sealed record AnalysisEngine
{
    [Description("")]
    public required string Name { get; init; }

    /// <summary>Null where it was not found.</summary>
    [Description("版本")]
    public string? Version { get; init; }

    /// <summary>Numbers that are switched on.</summary>
    [Description("启用的规则数")]
    public required int Rules { get; init; }

    [Description("已运行")]
    public required bool HasRun { get; init; }

    /// <summary>Analyzers that failed inside or could not be made; what they would have said is not there.</summary>
    [Description("内部出错次数")]
    public required int Crashes { get; init; }

    /// <summary>Why it did not run; null where it did.</summary>
    [Description("没有运行的原因")]
    public string? Trouble { get; init; }
}

/// <param name="File">From the root of the tree.</param>
/// <param name="Why">For people.</param>
public sealed record UnreadSource([property: Description("")] string File, [property: Description("原因")] string Why);
