using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Bytes that nobody meant well: bounded, named, and never taken for an intact file.</summary>
public sealed class OfdHostileTests
{
    [Fact]
    public void Mutated_packages_never_throw_and_never_pass_for_intact_with_other_pages()
    {
        var bytes = new SeededBytes(33);
        var forge = new OfdForge().Sign();
        var clean = forge.ToBytes();
        for (var i = 0; i < 400; i++)
        {
            var mutant = bytes.Mutate(clean);
            var found = OfdLook.At(mutant, SealTrust.None);
            Assert.True(found.Answer != OfdAnswer.Intact || SamePages(mutant, forge), $"mutant {i}: {found.Why()}");
        }
    }

    /// <summary>The parts behind the container, one at a time: what the container's CRC would otherwise catch first.</summary>
    [Fact]
    public void Mutated_parts_never_throw_and_what_is_signed_never_passes()
    {
        var bytes = new SeededBytes(34);
        for (var i = 0; i < 600; i++)
        {
            var forge = new OfdForge(pages: 1).Sign(i % 3 == 0 ? new SigningWay { Message = true, Attributes = true } : null);
            var path = forge.Files[bytes.Below(forge.Files.Count)].Path;
            var before = forge.Get(path);
            var after = bytes.Mutate(before);
            var found = OfdLook.At(forge.Put(path, after).ToBytes(), SealTrust.None);
            var isSigned = !path.Contains("Signatures.xml", StringComparison.Ordinal) && !path.EndsWith("SignedValue.dat", StringComparison.Ordinal);
            Assert.True(found.Answer != OfdAnswer.Intact || !isSigned || after.AsSpan().SequenceEqual(before), $"mutant {i} of {path}: {found.Why()}");
        }
    }

    [Fact]
    public void A_file_that_names_itself_and_loops_of_paths_end()
    {
        var forge = new OfdForge().Replace("Doc_0/DocumentRes.xml", "image_6.png", "../DocumentRes.xml").Replace("Doc_0/Pages/Page_0/Content.xml", "<ofd:Content>", "<ofd:PageRes>Content.xml</ofd:PageRes><ofd:Content>");
        Assert.True(OfdLook.At(forge.Sign().ToBytes()).Answer is OfdAnswer.Intact or OfdAnswer.StructureError);
        var many = string.Concat(Enumerable.Repeat("<ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/>", 30_000));
        Assert.False(OfdLook.At(new OfdForge().Replace("Doc_0/Document.xml", "<ofd:Pages>", "<ofd:Pages>" + many).ToBytes()).Pages.IsKnown);
    }

    [Fact]
    public void A_path_out_of_the_file_is_not_followed_and_is_named()
    {
        var found = OfdLook.At(new OfdForge().Replace("Doc_0/Document.xml", "PublicRes.xml", "../../../../../etc/passwd").ToBytes());
        Assert.Contains(found.Reasons, r => r.Contains("etc/passwd", StringComparison.Ordinal));
        Assert.Contains(found.Archival.Value, a => a.Rule == "OFDA-03" && !a.Holds.Value);
    }

    [Fact]
    public void Archival_rules_name_what_they_find()
    {
        var forge = new OfdForge(docType: "OFD-A")
            .Replace("Doc_0/PublicRes.xml", "<ofd:FontFile>font_3.ttf</ofd:FontFile>", "")
            .Replace("Doc_0/DocumentRes.xml", "</ofd:MultiMedias>", "<ofd:MultiMedia ID=\"7\" Type=\"Video\"><ofd:MediaFile>image_6.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>")
            .Replace("Doc_0/Pages/Page_0/Content.xml", "<ofd:Content>", "<ofd:Actions><ofd:Action Event=\"CLICK\"><ofd:URI URI=\"http://example.cn\"/></ofd:Action></ofd:Actions><ofd:Content>")
            .Replace("Doc_0/Pages/Page_0/Content.xml", "Size=\"4.5\"", "CTM=\"0.5 0 0 1 0 0\"")
            .Replace("Doc_0/Document.xml", "</ofd:CommonData>", "</ofd:CommonData><ofd:Permissions/><ofd:Extensions>x.xml</ofd:Extensions>")
            .Put("Doc_0/Res/image_6.png", "GIF89a......."u8.ToArray());
        var broken = OfdLook.At(forge.ToBytes()).Archival.Value.Where(a => !a.Holds.Value && a.Level != "INFO").Select(a => a.Rule);
        Assert.Equal(["OFDA-04", "OFDA-06", "OFDA-08", "OFDA-10", "OFDA-11", "OFDA-12", "OFDA-23", "OFDA-25"], broken);
    }

    private static bool SamePages(byte[] mutant, OfdForge forge)
    {
        using var container = ZipContainer.Open(mutant, CancellationToken.None);
        return forge.Files.Where(f => f.Path.Contains("/Pages/", StringComparison.Ordinal))
            .All(f => container.Entries.FirstOrDefault(e => e.Path == f.Path) is { } entry && Containers.ReadAll(container, entry, 1 << 20, CancellationToken.None).AsSpan().SequenceEqual(f.Content));
    }
}
