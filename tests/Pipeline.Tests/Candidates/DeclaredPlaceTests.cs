namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>Whoever reads a finding in an editor is led to the lines of the target, not to the top of the file.</summary>
public sealed class DeclaredPlaceTests : IDisposable
{
    private readonly FullCandidate _full = new();

    public void Dispose() => _full.Dispose();

    [Fact]
    public void Every_target_knows_its_line()
    {
        var lines = FullCandidate.Text.Split('\n');
        var targets = _full.Read(FullCandidate.Text).Targets().ToList();

        Assert.NotEmpty(targets);
        Assert.All(targets, t => Assert.Contains($"id: {t.Id}", lines[t.DeclaredAt!.Value - 1], StringComparison.Ordinal));
    }
}
