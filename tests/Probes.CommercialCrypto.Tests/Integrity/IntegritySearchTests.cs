using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>In which order recipes are tried, and what is said of it.</summary>
public sealed class IntegritySearchTests
{
    private static readonly TableRow Row = new(1, ["41", "张三", "七"]);

    [Fact]
    public void Cut_digests_take_nothing_from_the_search_for_whole_ones()
    {
        var whole = new IntegritySearch(["a", "b", "c"], [0, 1, 2], [], CancellationToken.None);
        var found = whole.Find(Row, MD5.HashData(Encoding.UTF8.GetBytes("七")), []);
        Assert.Equal(("MD5({0})", "2"), (found!.Algorithm.Label, string.Join(',', found.Order)));
        Assert.InRange(whole.Tried, 1, whole.Orders * MessageForms.All.Count * 2 * 2);

        var cut = new IntegritySearch(["a", "b", "c"], [0, 1, 2], [], CancellationToken.None);
        Assert.Equal("SM3({0}) 的前 16 字节", cut.Find(Row, Sm3.HashData(Encoding.UTF8.GetBytes("七"))[..16], [])!.Algorithm.Label);
        Assert.True(cut.Tried > whole.Tried);
        var middle = new IntegritySearch(["a", "b", "c"], [0, 1, 2], [], CancellationToken.None);
        Assert.Contains("中间 8 字节", middle.Find(Row, MD5.HashData(Encoding.UTF8.GetBytes("七"))[4..12], [])!.Algorithm.Label, StringComparison.Ordinal);
        Assert.False(cut.IsCut || whole.IsCut || middle.IsCut);
    }

    [Fact]
    public async Task What_was_tried_is_told_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("t.csv", "id,name,mac\n1,a,00112233445566778899aabbccddeeff\n2,b,ffeeddccbbaa99887766554433221100\n3,c,0123456789abcdeffedcba9876543210\n");
        var seen = await SampleRun.SeenAsync(new IntegrityColumnsProbe(), SampleRun.Sample(CryptoSampleKind.Integrity, path));
        var words = seen.Data.GetProperty("searchSpace").GetString()!;
        Assert.All(["截短的摘要", "16 位 MD5", "{SM3}"], word => Assert.Contains(word, words, StringComparison.Ordinal));
    }
}
