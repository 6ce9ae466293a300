using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A file that an engine looks for beside the sources; never one of the candidate's.</summary>
internal sealed class EngineSettings(string path, string text) : AdditionalText
{
    private const string SinkFile = "SecurityCodeScan.config.yml";

    private static readonly Lazy<string> SinkText = new(() =>
    {
        using var reader = new StreamReader(typeof(EngineSettings).Assembly.GetManifestResourceStream(SinkFile)!);
        return reader.ReadToEnd();
    });

    private readonly SourceText _text = SourceText.From(text, System.Text.Encoding.UTF8);

    public override string Path => path;

    /// <summary>Calls of libraries that take SQL, for SecurityCodeScan.</summary>
    public static EngineSettings Sinks() => new(SinkFile, SinkText.Value);

    /// <summary>SonarLint.xml: without it the numbers that ask for a review stay silent, and files that look generated unread.</summary>
    public static EngineSettings ForSonar(IEnumerable<string> numbers) => new(
        "SonarLint.xml",
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><AnalysisInput><Settings><Setting><Key>sonar.cs.analyzeGeneratedCode</Key><Value>true</Value></Setting></Settings><Rules>{string.Concat(numbers.Select(n => $"<Rule><Key>{n}</Key></Rule>"))}</Rules><Files/></AnalysisInput>");

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
