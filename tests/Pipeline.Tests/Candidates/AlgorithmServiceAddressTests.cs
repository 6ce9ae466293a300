using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>A conformance sample may be the address of the system's own service; nothing else may.</summary>
public sealed class AlgorithmServiceAddressTests : IDisposable
{
    private const string Sample = "  sampleKind: random\n  path: random.bin\n  settings: {}\n";

    private readonly FullCandidate _full = new();

    public void Dispose() => _full.Dispose();

    [Fact]
    public void An_address_is_kept_as_it_is_written()
    {
        Assert.Contains(Sample, FullCandidate.Text, StringComparison.Ordinal);
        var sample = Assert.Single(_full.Read(With("conformance", "https://portal.example.cn:8443/crypto-test", "{cases: 4}")).CryptoSamples);
        Assert.Equal((CryptoSampleKind.Conformance, "https://portal.example.cn:8443/crypto-test", "4"), (sample.SampleKind, sample.Path, sample.Settings["cases"]));
    }

    [Theory]
    [InlineData("random", "https://portal.example.cn/x", "不存在")]
    [InlineData("conformance", "ftp://portal.example.cn/x", "不存在")]
    [InlineData("conformance", "https://user:pass@portal.example.cn/x", "用户名或口令")]
    [InlineData("conformance", "https://portal.example.cn/测试", "不是合格的网址")]
    public void What_is_none_is_named(string kind, string path, string message) =>
        Assert.Contains(message, Assert.Single(_full.FaultsOf(With(kind, path, "{}"))).Message, StringComparison.Ordinal);

    private static string With(string kind, string path, string settings) =>
        FullCandidate.Text.Replace(Sample, $"  sampleKind: {kind}\n  path: \"{path}\"\n  settings: {settings}\n", StringComparison.Ordinal);
}
