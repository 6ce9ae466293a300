using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>SonarLint.xml: without it the numbers that ask for a review stay silent.</summary>
internal sealed class SonarSettings : AdditionalText
{
    private readonly SourceText _text;

    private SonarSettings(string text) => _text = SourceText.From(text, System.Text.Encoding.UTF8);

    public override string Path => "SonarLint.xml";

    public static SonarSettings Of(IEnumerable<string> numbers) =>
        new($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><AnalysisInput><Settings/><Rules>{string.Concat(numbers.Select(n => $"<Rule><Key>{n}</Key></Rule>"))}</Rules><Files/></AnalysisInput>");

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
