using System.Text;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>One defect each, made from a really signed file: every one gets its answer and its reason.</summary>
public sealed class OfdMutantTests
{
    private const string Page = "Doc_0/Pages/Page_0/Content.xml";
    private const string Image = "Doc_0/Res/image_6.png";
    private const string Described = "Doc_0/Signs/Sign_0/Signature.xml";
    private const string Value = "Doc_0/Signs/Sign_0/SignedValue.dat";

    public static TheoryData<string> Names => [.. Mutants.Keys];

    private static SealWorkshop Shop => SealWorkshop.Shared;

    private static Dictionary<string, (Func<byte[]> Make, OfdAnswer Answer, string Reason)> Mutants { get; } = new(StringComparer.Ordinal)
    {
        ["page byte"] = (() => Signed().Replace(Page, "准予", "不予").ToBytes(), OfdAnswer.Tampered, Page),
        ["resource"] = (() => Flip(Signed(), Image, 40).ToBytes(), OfdAnswer.Tampered, Image),
        ["OFD.xml"] = (() => Signed().Replace("OFD.xml", "Version=\"1.0\"", "Version=\"1.1\"").ToBytes(), OfdAnswer.Tampered, "OFD.xml"),
        ["template"] = (() => Signed().Replace("Doc_0/Tpls/Tpl_0/Content.xml", "通知书", "证明书").ToBytes(), OfdAnswer.Tampered, "Tpl_0"),
        ["covered file removed"] = (() => Signed().Remove(Image).ToBytes(), OfdAnswer.StructureError, "不存在"),
        ["Signature.xml"] = (() => Signed().Replace(Described, "ProviderName=\"SmartCity\"", "ProviderName=\"Other\"").ToBytes(), OfdAnswer.Tampered, "原文摘要"),
        ["digest recomputed"] = (() => Recomputed().ToBytes(), OfdAnswer.Tampered, "原文摘要"),
        ["digest and dataHash recomputed"] = (() => RecomputedTwice().ToBytes(), OfdAnswer.Tampered, "签名者对签名数据的签名"),
        ["signature bit"] = (() => FlipLast(Signed()).ToBytes(), OfdAnswer.Tampered, "签名者对签名数据的签名"),
        ["certificate swapped"] = (() => Swapped().ToBytes(), OfdAnswer.Tampered, "签名者对签名数据的签名"),
        ["stolen seal"] = (() => Signed(new SigningWay { By = Shop.Stranger }).ToBytes(), OfdAnswer.Tampered, "证书列表"),
        ["stolen seal V1"] = (() => Signed(new SigningWay { By = Shop.Stranger, Standard = SealStandard.V1 }).ToBytes(), OfdAnswer.Tampered, "证书列表"),
        ["seal changed by its user"] = (() => Signed(new SigningWay { Seal = Renamed() }).ToBytes(), OfdAnswer.Tampered, "制章者对印章的签名"),
        ["other Seal.esl"] = (() => Signed().Put("Doc_0/Signs/Sign_0/Seal.esl", Shop.Seal(until: SealWorkshop.Day.AddYears(9))).ToBytes(), OfdAnswer.Tampered, "印章文件"),
        ["signature of another place"] = (() => Moved().ToBytes(), OfdAnswer.Tampered, "路径"),
        ["seal expired"] = (() => Signed(new SigningWay { Seal = Shop.Seal(until: SealWorkshop.Day.AddDays(-1)) }).ToBytes(), OfdAnswer.ExpiredAtSigning, "印章已过期"),
        ["certificate expired"] = (() => Signed(new SigningWay { By = Shop.Lapsed, Seal = Shop.Seal(user: Shop.Lapsed) }).ToBytes(), OfdAnswer.ExpiredAtSigning, "证书已过期"),
        ["signed before the seal began"] = (() => Signed(new SigningWay { At = new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero) }).ToBytes(), OfdAnswer.ExpiredAtSigning, "尚未生效"),
        ["message page byte"] = (() => Signed(new SigningWay { Message = true }).Replace(Page, "准予", "不予").ToBytes(), OfdAnswer.Tampered, Page),
        ["message Signature.xml"] = (() => Signed(new SigningWay { Message = true, Attributes = true }).Replace(Described, "SmartCity", "SmartTown").ToBytes(), OfdAnswer.Tampered, "原文摘要"),
        ["bare value"] = (() => Signed(new SigningWay { Bare = true }).ToBytes(), OfdAnswer.Undecidable, "签名证书"),
        ["keyed digest"] = (() => Signed(new SigningWay { Method = "1.2.156.10197.1.401.2" }).ToBytes(), OfdAnswer.Undecidable, "密钥"),
        ["nothing covered"] = (() => Signed(new SigningWay { LeftOut = _ => true }).ToBytes(), OfdAnswer.Undecidable, "没有列出"),
        ["value is noise"] = (() => Signed().Put(Value, [1, 2, 3, 4]).ToBytes(), OfdAnswer.StructureError, "签名值"),
        ["value missing"] = (() => Signed().Remove(Value).ToBytes(), OfdAnswer.StructureError, "签名值"),
        ["description missing"] = (() => Signed().Remove(Described).ToBytes(), OfdAnswer.StructureError, "签名描述文件"),
        ["signature list missing"] = (() => Signed().Remove("Doc_0/Signs/Signatures.xml").ToBytes(), OfdAnswer.StructureError, "Signatures.xml"),
        ["seal file missing"] = (() => Signed().Remove("Doc_0/Signs/Sign_0/Seal.esl").ToBytes(), OfdAnswer.StructureError, "印章文件"),
        ["signature taken off the list"] = (() => Signed().Replace("OFD.xml", "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>", "").ToBytes(), OfdAnswer.StructureError, "摘除"),
        ["list emptied"] = (() => Signed().Put("Doc_0/Signs/Signatures.xml", OfdForge.Xml("<ofd:Signatures xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:MaxSignId>1</ofd:MaxSignId></ofd:Signatures>")).ToBytes(), OfdAnswer.StructureError, "摘除"),
        ["no OFD.xml"] = (() => Signed().Remove("OFD.xml").ToBytes(), OfdAnswer.StructureError, "OFD.xml"),
        ["page missing"] = (() => Signed(new SigningWay { LeftOut = p => p == Page }).Remove(Page).ToBytes(), OfdAnswer.StructureError, "不存在"),
        ["DTD"] = (() => Signed(new SigningWay { LeftOut = p => p == Page }).Replace(Page, "?>\n", "?>\n<!DOCTYPE x [<!ENTITY a \"b\">]>\n").ToBytes(), OfdAnswer.StructureError, Page),
        ["duplicate name"] = (() => With(z => z.Add(Page, "<other/>")), OfdAnswer.StructureError, "重名"),
        ["escaping path"] = (() => With(z => z.Add("../../evil.xml", "x")), OfdAnswer.StructureError, "越出"),
        ["wrong CRC"] = (() => Entry(Page, e => e.Crc ^= 1), OfdAnswer.StructureError, "CRC"),
        ["encrypted flag"] = (() => Entry(Page, e => e.Flags |= 1), OfdAnswer.StructureError, "加密"),
        ["bomb"] = (() => With(z => z.Add("Doc_0/Res/bomb.bin", new byte[8 << 20])), OfdAnswer.StructureError, "压缩比"),
        ["lying length"] = (() => Entry(Page, e => e.Bytes -= 3), OfdAnswer.StructureError, "声明的长度"),
        ["overlap"] = (() => With(z => { var first = z.Add("Doc_0/a.xml", "<a/>"); z.Add("Doc_0/b.xml", "<b/>").SharesDataOf = first; }), OfdAnswer.StructureError, "容器"),
        ["name mismatch"] = (() => Entry(Page, e => e.LocalNameBytes = Encoding.UTF8.GetBytes("Doc_0/Pages/Page_9/Content.xml")), OfdAnswer.StructureError, "不一致"),
        ["truncated"] = (() => Signed().ToBytes()[..^300], OfdAnswer.StructureError, ""),
        ["empty"] = (() => [], OfdAnswer.StructureError, ""),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mutant_gets_its_answer(string name)
    {
        var (make, answer, reason) = Mutants[name];
        var found = OfdLook.At(make());
        Assert.True(found.Answer == answer && found.Reasons.Any(r => r.Contains(reason, StringComparison.Ordinal)), found.Why());
    }

    [Fact]
    public void A_stripped_signature_is_seen_where_metadata_promise_one()
    {
        Assert.Equal(OfdAnswer.Unsigned, OfdLook.At(new OfdForge().ToBytes()).Answer);
        var found = OfdLook.At(new OfdForge().ToBytes(), shouldBeSigned: true);
        Assert.True(found.Answer == OfdAnswer.Tampered && found.Reasons[0].Contains("剥除", StringComparison.Ordinal), found.Why());
    }

    [Theory]
    [InlineData("OFD.xml", OfdPartKind.Root)]
    [InlineData("Doc_0/Document.xml", OfdPartKind.Document)]
    [InlineData("Doc_0/Tpls/Tpl_0/Content.xml", OfdPartKind.Template)]
    [InlineData("Doc_0/Pages/Page_1/Content.xml", OfdPartKind.Page)]
    [InlineData("Doc_0/PublicRes.xml", OfdPartKind.Resource)]
    [InlineData("Doc_0/Res/image_6.png", OfdPartKind.Media)]
    public void What_a_signature_leaves_open_is_named(string path, OfdPartKind kind)
    {
        var found = OfdLook.At(new OfdForge().Sign(new SigningWay { LeftOut = p => p == path }).ToBytes());
        Assert.Equal(kind is OfdPartKind.Document or OfdPartKind.Page ? OfdAnswer.Undecidable : OfdAnswer.Intact, found.Answer);
        Assert.True(found.SignaturesHold is { IsKnown: true, Value: true } && found.Note.Contains(path, StringComparison.Ordinal), found.Note);
        Assert.Equal(new UncoveredPart(path, kind), Assert.Single(found.Uncovered.Value));
        Assert.DoesNotContain(path, Assert.Single(found.Signatures.Value).Covered);
    }

    [Theory]
    [InlineData("MD5", "MD5")]
    [InlineData("1.3.14.3.2.26", "SHA-1")]
    public void Weak_digests_are_verified_and_named(string method, string name)
    {
        var found = OfdLook.At(new OfdForge().Sign(new SigningWay { Method = method }).ToBytes());
        Assert.Equal(OfdAnswer.Intact, found.Answer);
        Assert.Equal([name], Assert.Single(found.Signatures.Value).DigestMethods);
        Assert.Equal(OfdAnswer.Tampered, OfdLook.At(new OfdForge().Sign(new SigningWay { Method = method }).Replace(Page, "准予", "不予").ToBytes()).Answer);
    }

    private static OfdForge Signed(SigningWay? way = null) => new OfdForge().Sign(way);

    private static OfdForge Flip(OfdForge forge, string path, int at)
    {
        byte[] content = [.. forge.Get(path)];
        content[at] ^= 1;
        return forge.Put(path, content);
    }

    private static OfdForge FlipLast(OfdForge forge) => Flip(forge, Value, forge.Get(Value).Length - 1);

    private static OfdForge Recomputed()
    {
        var forge = Signed();
        var before = Convert.ToBase64String(Sm3.HashData(forge.Get(Page)));
        forge.Replace(Page, "准予", "不予");
        return forge.Replace(Described, before, Convert.ToBase64String(Sm3.HashData(forge.Get(Page))));
    }

    private static OfdForge RecomputedTwice()
    {
        var forge = Signed();
        var before = Sm3.HashData(forge.Get(Described));
        var old = Convert.ToBase64String(Sm3.HashData(forge.Get(Page)));
        forge.Replace(Page, "准予", "不予");
        forge.Replace(Described, old, Convert.ToBase64String(Sm3.HashData(forge.Get(Page))));
        return forge.Put(Value, Swap(forge.Get(Value), before, Sm3.HashData(forge.Get(Described))));
    }

    private static OfdForge Swapped()
    {
        var forge = Signed();
        return forge.Put(Value, WithCertificate(forge.Get(Value), Shop.Stranger.Der));
    }

    private static byte[] WithCertificate(byte[] value, byte[] certificate)
    {
        var outer = new System.Formats.Asn1.AsnReader(value, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(outer.ReadEncodedValue().Span);
            outer.ReadOctetString();
            writer.WriteOctetString(certificate);
            writer.WriteEncodedValue(outer.ReadEncodedValue().Span);
            writer.WriteEncodedValue(outer.ReadEncodedValue().Span);
        }

        return writer.Encode();
    }

    /// <summary>The seal with another name of the same length: its maker never signed that.</summary>
    private static byte[] Renamed() => Swap(Shop.Seal(), "某区行政审批局电子印章"u8.ToArray(), "某市行政审批局电子印章"u8.ToArray());

    private static OfdForge Moved()
    {
        var forge = Signed();
        var way = new SigningWay();
        return forge.Put(Value, OfdForge.Value(forge.Get(Described), "/Doc_0/Signs/Sign_7/Signature.xml", forge.Get("Doc_0/Signs/Sign_0/Seal.esl"), way));
    }

    private static byte[] Swap(byte[] content, byte[] old, byte[] with)
    {
        byte[] copy = [.. content];
        var at = copy.AsSpan().IndexOf(old);
        Assert.True(at >= 0 && old.Length == with.Length);
        with.CopyTo(copy, at);
        return copy;
    }

    private static byte[] With(Action<ZipForge> plant)
    {
        var zip = Signed().ToZip();
        plant(zip);
        return zip.ToBytes();
    }

    private static byte[] Entry(string path, Action<ForgedEntry> plant)
    {
        var zip = new ZipForge();
        foreach (var (name, content) in Signed().Files)
        {
            var entry = zip.Add(name, content);
            if (name == path)
            {
                plant(entry);
            }
        }

        return zip.ToBytes();
    }
}
