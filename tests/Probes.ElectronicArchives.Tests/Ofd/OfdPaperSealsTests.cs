using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>What is said of the seals of an OFD file that is handed in as a paper.</summary>
public sealed class OfdPaperSealsTests
{
    private const string Page = "Doc_0/Pages/Page_1/Content.xml";

    [Fact]
    public void A_seal_over_all_of_it_holds_whoever_made_it()
    {
        var seen = Of(new OfdForge().Sign());
        Assert.Equal((1, true), (seen.Count, seen.Hold));
        Assert.Empty(seen.Reasons);
        Assert.Equal((2, true), (Of(new OfdForge().Sign().Sign()) is var two ? two.Count : 0, two.Hold));
    }

    [Fact]
    public void A_page_that_was_changed_afterwards_is_told_with_both_digests()
    {
        var seen = Of(new OfdForge().Sign().Replace(Page, "准予许可", "不予许可"));
        Assert.Equal((1, false), (seen.Count, seen.Hold));
        Assert.Contains(Page, seen.Reasons[0], StringComparison.Ordinal);
    }

    /// <summary>Holding over something is not holding over what people see.</summary>
    [Fact]
    public void What_leaves_a_page_open_rests_on_a_broken_hash_or_was_taken_out_of_the_list_is_not_decided()
    {
        var open = Of(new OfdForge().Sign(new SigningWay { LeftOut = p => p == Page }));
        Assert.Equal((1, (bool?)null), (open.Count, open.Hold));
        Assert.Contains(open.Reasons, r => r.Contains("没有保护", StringComparison.Ordinal) && r.Contains(Page, StringComparison.Ordinal));

        var weak = Of(new OfdForge().Sign(new SigningWay { Method = "SHA1" }));
        Assert.Null(weak.Hold);
        Assert.Contains(weak.Reasons, r => r.Contains("碰撞", StringComparison.Ordinal));

        var stripped = Of(new OfdForge().Sign().Replace("Doc_0/Signs/Signatures.xml", "<ofd:Signature ID=\"1\" Type=\"Seal\" BaseLoc=\"Sign_0/Signature.xml\"/>", ""));
        Assert.NotEqual(true, stripped.Hold);
        Assert.NotEmpty(stripped.Reasons);
    }

    [Fact]
    public void None_is_none_and_what_is_no_container_is_not_looked_at()
    {
        var bare = Of(new OfdForge());
        Assert.Equal((0, (bool?)null), (bare.Count, bare.Hold));
        Assert.Empty(bare.Reasons);
        var whole = new OfdForge().Sign().ToBytes();
        var (original, held) = (Contents(whole), 0);
        for (var i = 0; i < whole.Length; i += 501)
        {
            var twisted = (byte[])whole.Clone();
            twisted[i] ^= 0x55;
            if (new OfdPaperSeals().Of("a.ofd", twisted, CancellationToken.None).Hold == true)
            {
                // Some bytes of a container say nothing.
                Assert.Equal(original, Contents(twisted));
                held++;
            }

            Assert.NotEqual(true, new OfdPaperSeals().Of("a.ofd", whole.AsMemory(0, i), CancellationToken.None).Hold);
        }

        Assert.InRange(held, 0, whole.Length / 501 / 4);
    }

    private static List<string> Contents(byte[] file)
    {
        using var container = ZipContainer.Open(file, CancellationToken.None);
        return [.. container.Entries.Select(e => $"{e.Path} {(e.IsFolder ? "" : Convert.ToHexString(Containers.ReadAll(container, e, 1 << 20, CancellationToken.None)))}")];
    }

    private static PaperSeals Of(OfdForge file) => new OfdPaperSeals().Of("a.ofd", file.ToBytes(), CancellationToken.None);
}
