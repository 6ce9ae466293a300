using System.Reflection;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probes.ClassifiedProtection;
using SmartCity.SecurityCheck.Probes.CodeSecurity;
using SmartCity.SecurityCheck.Probes.CommercialCrypto;
using SmartCity.SecurityCheck.Probes.ElectronicArchives;
using SmartCity.SecurityCheck.Probes.Exposure;
using SmartCity.SecurityCheck.Probes.Materials;
using SmartCity.SecurityCheck.Probes.Tls;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Cbom;
using SmartCity.SecurityCheck.Reports.Html;
using SmartCity.SecurityCheck.Reports.JUnit;
using SmartCity.SecurityCheck.Reports.Oscal;
using SmartCity.SecurityCheck.Reports.Pdf;
using SmartCity.SecurityCheck.Reports.Sarif;
using SmartCity.SecurityCheck.Reports.Word;
using SmartCity.SecurityCheck.Reports.Workbook;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>The parts this build is made of. A new pillar or format is one line here.</summary>
internal static class Product
{
    private const string ResourceFolder = "rulesets/";

    public static string Version { get; } = typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The rules that come with the tool.</summary>
    public static string OwnRulesets { get; } = Path.Combine(AppContext.BaseDirectory, "rulesets");

    public static ProbeCatalogue Probes => EveryProbe.Value;

    /// <summary>Papers are OFD files as well, and the room of archives verifies their seals.</summary>
    public static IPaperSeals Seals => new OfdPaperSeals();

    /// <summary>What <c>--format</c> takes; known without loading what the writers stand on.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["html", "sarif", "junit", "xlsx", "cbom", "opinion", "opinion-docx", "docx", "application-docx", "oscal", "pdf"];

    /// <summary>From the assembly and not from the folder beside it, which anybody can edit.</summary>
    public static BuiltInRules BuiltIn => InsideRules.Value;

    /// <summary>A function each, so that who asks for one pillar loads no other.</summary>
    private static IReadOnlyList<(Pillar Pillar, Func<Assembly> Assembly)> ProbeAssemblies { get; } =
    [
        (Pillar.Tls, static () => typeof(ProtocolVersionsProbe).Assembly),
        (Pillar.CommercialCrypto, static () => typeof(SampleFiles).Assembly),
        (Pillar.ClassifiedProtection, static () => typeof(Collector).Assembly),
        (Pillar.ClassifiedProtection, static () => typeof(PortScanProbe).Assembly),
        (Pillar.Exposure, static () => typeof(PortScanProbe).Assembly),
        (Pillar.CodeSecurity, static () => typeof(CodeDefect).Assembly),
        (Pillar.ElectronicArchives, static () => typeof(IContainer).Assembly),
        (Pillar.Materials, static () => typeof(PaperFilesProbe).Assembly),
    ];

    private static readonly Lazy<ProbeCatalogue> EveryProbe = new(() => ProbeCatalogue.Of([.. ProbeAssemblies.Select(a => a.Assembly()).Distinct()]));

    private static readonly Dictionary<Pillar, Lazy<ProbeCatalogue>> PillarProbes = ProbeAssemblies.GroupBy(a => a.Pillar)
        .ToDictionary(g => g.Key, g => new Lazy<ProbeCatalogue>(() => ProbeCatalogue.Of([.. g.Select(a => a.Assembly())])));

    private static readonly Lazy<BuiltInRules> InsideRules = new(() => new(RulesInside().ToDictionary(r => r.File, r => Convert.ToHexStringLower(SHA256.HashData(BytesOf(r.Resource))), StringComparer.Ordinal))
    {
        Heads = () => [.. RulesInside().Select(r => HeadOf(r.File, BytesOf(r.Resource)))],
    });

    /// <summary>The probes of one pillar.</summary>
    public static ProbeCatalogue ProbesOf(Pillar pillar) => PillarProbes[pillar].Value;

    private static readonly Lazy<IReadOnlyDictionary<string, ObservationKind>> EveryKind = new(() => KindCatalogue.Of(Probes));

    private static readonly Lazy<RulesetFolder> OwnRules = new(() => Load(OwnRulesets));

    private static readonly Lazy<(RulesetFolder, IReadOnlyDictionary<string, ObservationKind>)> CodeRules = new(() =>
    {
        var kinds = KindCatalogue.Of(ProbesOf(Pillar.CodeSecurity));
        return (RulesetFolder.Load(OwnRulesets, kinds, BuiltIn, Pillar.CodeSecurity.Id()), kinds);
    });

    /// <summary>What rulesets may observe, of all pillars.</summary>
    public static IReadOnlyDictionary<string, ObservationKind> Kinds => EveryKind.Value;

    /// <param name="folder">Null for the tool's own, which are read once in a process.</param>
    /// <exception cref="InputFaultException">The rules have mistakes.</exception>
    public static RulesetFolder LoadRulesets(string? folder) => folder is null ? OwnRules.Value : Load(folder);

    /// <summary>The tool's own rules as far as one pillar needs them, and what they may observe: a single look is done before all the others are read.</summary>
    /// <exception cref="InputFaultException">The rules have mistakes.</exception>
    public static (RulesetFolder Rules, IReadOnlyDictionary<string, ObservationKind> Kinds) RulesOf(Pillar pillar) => pillar == Pillar.CodeSecurity ? CodeRules.Value : (OwnRules.Value, Kinds);

    private static RulesetFolder Load(string folder) => RulesetFolder.Load(folder, Kinds, BuiltIn);

    /// <exception cref="BadRequestException">No such format.</exception>
    public static IReportWriter Writer(string format) => format switch
    {
        "html" => new HtmlReportWriter(),
        "sarif" => new SarifReportWriter(),
        "junit" => new JUnitReportWriter(),
        "xlsx" => new WorkbookReportWriter(),
        "cbom" => new CbomReportWriter(),
        "opinion" => new HtmlOpinionWriter(),
        "opinion-docx" => new WordOpinionWriter(),
        "docx" => new WordReportWriter(),
        "application-docx" => new WordApplicationWriter(),
        "oscal" => new OscalReportWriter(),
        "pdf" => new PdfReportWriter(),
        _ => throw new BadRequestException($"没有格式 {format}，应为其中之一：{string.Join("、", Formats)}"),
    };

    private static IEnumerable<(string File, string Resource)> RulesInside() => typeof(Product).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(ResourceFolder, StringComparison.Ordinal))
        .Select(n => (n[ResourceFolder.Length..].Replace('\\', '/'), n));

    /// <summary>The first key of a rules file says what it is and gives its id.</summary>
    private static RulesetReference HeadOf(string file, byte[] bytes)
    {
        var head = YamlText.ReadMapping(file, bytes);
        return new RulesetReference(
            head.Entries[0].Value is YamlScalar id ? id.Text : file,
            head["version"] is YamlScalar version ? version.Text : "",
            file,
            Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static byte[] BytesOf(string resource)
    {
        using var stream = typeof(Product).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
