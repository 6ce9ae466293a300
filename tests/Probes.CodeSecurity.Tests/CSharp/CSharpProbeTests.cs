using SmartCity.SecurityCheck.TestKit;
using Xunit.Abstractions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Labelled sources of our own, never built.</summary>
public sealed class CSharpProbeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Portal", "src/Portal.cs", true)]
    [InlineData("Portal", "src/Portal.cs", false)]
    [InlineData("OldPage", "src/Pages/OldPage.aspx.cs", true)]
    public async Task Every_labelled_flaw_is_found_and_no_good_twin(string sample, string file, bool usePacks)
    {
        using var folder = new TemporaryFolder();
        var text = Analyzing.Sample(sample);
        folder.Write(file, text);
        folder.Write("src/Portal.csproj", sample == "Portal" ? Analyzing.WebProject : Analyzing.OldProject);
        var seen = await Analyzing.RunAsync(folder, new AnalysisSettings { UsePacks = usePacks });
        output.WriteLine(string.Join('\n', seen!.SeenSoFar.Concat(seen.Defects.IsKnown ? seen.Defects.Value : []).Select(d => $"{d.Line} {d.Cwe} {d.Severity} {d.Confidence} {d.Engine} {d.Message} | {d.Code}")));
        output.WriteLine(string.Join('\n', seen.Engines.Select(e => e.ToString()).Concat(seen.Projects.Select(p => p.ToString()))) + seen.ReferenceAssemblies);
        var found = seen.Defects.Value;
        Assert.Empty(Analyzing.Expected(text).Where(e => !found.Any(d => d.Line == e.Line && d.Cwe == e.Cwe)));
        Assert.Empty(found.Where(d => Analyzing.IsGood(text, d.Line)));
        Assert.True(seen.LowestResolutionPercent.Value > 90);
        Assert.All(found, d => Assert.Equal(file, d.File));
    }
}
