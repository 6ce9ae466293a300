using System.Text;
using System.Xml;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Signatures of encapsulated packages, made here with SM2 over every input that is usual.</summary>
public sealed class EepSignatureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private static readonly SealWorkshop Work = SealWorkshop.Shared;

    public void Dispose() => _folder.Dispose();

    public static TheoryData<EepForm> Forms => [.. Enum.GetValues<EepForm>()];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_signature_holds_over_any_usual_input(EepForm form)
    {
        var check = await LookAsync(Signed(form));
        Assert.True(check.Agrees is { IsKnown: true, Value: true }, Told(check));
        Assert.Equal(form < EepForm.Text, check.Remarks.Count == 0);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_changed_word_leaves_it_open_and_is_wrong_where_the_input_is_told(EepForm form)
    {
        var text = Signed(form).Replace("样例区档案馆", "别的区档案馆", StringComparison.Ordinal);
        var open = await LookAsync(text);
        Assert.False(open.Agrees.IsKnown);
        Assert.Contains("都不成立", string.Join('\n', open.Open), StringComparison.Ordinal);
        var told = await LookAsync(text, form);
        Assert.Contains(told.Differences, d => d.Place.Contains("电子签名 修改0-签名1 签名结果", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_earned_by_a_signature_of_something_else()
    {
        // The lock is over another signature; the signature of an earlier layer; two objects; a stranger's certificate beside it.
        var text = Signed(EepForm.Stored);
        var lost = await LookAsync(text.Replace("<被锁定签名标识符>修改0-签名1", "<被锁定签名标识符>修改0-签名9", StringComparison.Ordinal));
        Assert.Contains("找不到唯一的被锁定的电子签名", string.Join('\n', lost.Open), StringComparison.Ordinal);
        var at = text.IndexOf("<被签名对象", StringComparison.Ordinal);
        var end = text.IndexOf("<锁定签名>", StringComparison.Ordinal);
        var layer = string.Concat(text.AsSpan(0, at), "<被签名对象><修改封装内容><原封装包>", text.AsSpan(at, end - at), "</原封装包></修改封装内容></被签名对象></电子文件封装包>");
        var outer = await LookAsync(layer);
        Assert.Contains("最外层的被签名对象没有电子签名", string.Join('\n', outer.Open), StringComparison.Ordinal);
        var twice = await LookAsync(text.Insert(at, "<被签名对象 eep版本=\"2009\"><封装内容/></被签名对象>"));
        Assert.Contains("找不到唯一的同一层的被签名对象", string.Join('\n', twice.Open), StringComparison.Ordinal);
        var other = await LookAsync(text.Replace(Convert.ToBase64String(Work.Signer.Der), Convert.ToBase64String(Work.Stranger.Der), StringComparison.Ordinal));
        Assert.False(other.Agrees is { IsKnown: true, Value: true });
        Assert.All([lost, outer, twice], c => Assert.False(c.Agrees.IsKnown, Told(c)));
    }

    [Fact]
    public async Task A_certificate_that_had_lapsed_and_a_root_nobody_told()
    {
        var lapsed = await LookAsync(Signed(EepForm.Canonical, Work.Lapsed));
        Assert.Contains(lapsed.Differences, d => d.Place.Contains("签名时间", StringComparison.Ordinal));
        var unrooted = await LookAsync(Signed(EepForm.Canonical), roots: false);
        Assert.False(unrooted.Agrees.IsKnown);
        Assert.Contains("未配置信任根", string.Join('\n', unrooted.Open), StringComparison.Ordinal);
    }

    [Fact]
    public void Canonical_forms_are_those_of_the_recommendations()
    {
        const string inner = "<e xmlns:b='urn:b' z=\"1&#9;&quot;\" b:y='2' a='&lt;>'><!-- c --><![CDATA[<&]]>\r\n<f xmlns='' ></f><b:g xmlns:b='urn:b'/><?p  q?></e>";
        var around = new XmlNamespaceManager(new NameTable());
        around.AddNamespace("", "urn:d");
        around.AddNamespace("u", "urn:unused");
        string Of(bool exclusive) => Encoding.UTF8.GetString(CanonicalXml.Of(inner, around, exclusive, CancellationToken.None));
        const string tail = "a=\"&lt;>\" z=\"1&#x9;&quot;\" b:y=\"2\">&lt;&amp;\n<f xmlns=\"\"></f><b:g></b:g><?p q?></e>";
        Assert.Equal($"<e xmlns=\"urn:d\" xmlns:b=\"urn:b\" xmlns:u=\"urn:unused\" {tail}", Of(exclusive: false));
        Assert.Equal($"<e xmlns=\"urn:d\" xmlns:b=\"urn:b\" {tail}", Of(exclusive: true));
    }

    private async Task<ItemComparison> LookAsync(string text, EepForm? told = null, bool roots = true)
    {
        File.WriteAllText(_folder.File("1.xml"), text);
        File.WriteAllText(_folder.File("root.pem"), Work.Root.Pem);
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.File("1.xml"), "p-eep") with
        {
            TrustRoots = roots ? [_folder.File("root.pem")] : [],
            OwnProfile = told is null ? null : Archiving.Tables.Packages.First(p => p.File.Id == "p-eep") with { SignedForm = told },
        });
        return record.EepChecks.First(c => c.Id == "EEP-07");
    }

    private static string Told(ItemComparison check) => string.Join('\n', check.Open.Concat(check.Differences.Select(d => d.Note)));

    /// <summary>The sample with a signature and a lock over it.</summary>
    private static string Signed(EepForm form, ForgedCertificate? by = null)
    {
        by ??= Work.Signer;
        var root = SampleEep.Of(1);
        root.Add(E("电子签名块", Signature("电子签名", E("签名标识符", "修改0-签名1"), by)), Signature("锁定签名", E("被锁定签名标识符", "修改0-签名1"), by));
        var text = Sign(root.ToString().Replace("</版本>", "</版本><!-- ]]> 被签名对象 -->", StringComparison.Ordinal), "被签名对象", "第一个值", form, by);
        return Sign(text, "电子签名", "第二个值", form, by);
    }

    private static string Sign(string text, string element, string mark, EepForm form, ForgedCertificate by)
    {
        // Both marks stand in a signature's value; the second is put in last, when what it locks is whole.
        var bytes = Encoding.UTF8.GetBytes(text);
        var root = SafeXml.Read(bytes, CancellationToken.None).Root;
        var signed = root.Descendants().First(e => e.Name.LocalName == element);
        var content = new EepSource(bytes, CancellationToken.None).Forms(signed).First(f => f.Form == form).Content;
        using var key = SealWorkshop.KeyOf(by);
        return text.Replace(mark, Convert.ToBase64String(key.Sign(content)), StringComparison.Ordinal);
    }

    private static XElement Signature(string name, XElement id, ForgedCertificate by) => E(
        name, id, E("签名规则", "规则"), E("签名时间", "2026-03-02T09:30:00"), E("签名结果", name == "电子签名" ? "第一个值" : "第二个值"), E("证书块", E("证书", Convert.ToBase64String(by.Der))), E("签名算法标识", "SM2withSM3"));

    private static XElement E(string name, params object[] inside) => new(SampleEep.Space + name, inside);
}
