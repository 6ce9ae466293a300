using System.Reflection;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probes.Tls;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Html;
using SmartCity.SecurityCheck.Reports.JUnit;
using SmartCity.SecurityCheck.Reports.Pdf;
using SmartCity.SecurityCheck.Reports.Sarif;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>The parts this build is made of. A new pillar or format is one line here.</summary>
internal static class Product
{
    public static string Version { get; } = typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The rules that come with the tool.</summary>
    public static string OwnRulesets { get; } = Path.Combine(AppContext.BaseDirectory, "rulesets");

    public static ProbeCatalogue Probes { get; } = ProbeCatalogue.Of(typeof(ProtocolVersionsProbe).Assembly);

    public static IReadOnlyList<IReportWriter> Writers { get; } = CreateWriters();

    /// <exception cref="InputFaultException">The rules have mistakes.</exception>
    public static RulesetFolder LoadRulesets(string? folder) => RulesetFolder.Load(folder ?? OwnRulesets, KindCatalogue.Of(Probes));

    private static IReadOnlyList<IReportWriter> CreateWriters()
    {
        
        return [new HtmlReportWriter(), new SarifReportWriter(), new JUnitReportWriter(), new PdfReportWriter()];
    }
}
