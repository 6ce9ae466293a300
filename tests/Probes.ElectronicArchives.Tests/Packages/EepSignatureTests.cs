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

    [Theory]
    [InlineData("</电子签名块>", "电子签名块")]
    [InlineData("</锁定签名>", "锁定签名")]
    [InlineData("</电子文件封装包>", "电子文件封装包")]
    public async Task Content_beside_the_signed_object_is_covered_by_no_signature(string before, string where)
    {
        const string stray = "<文件实体><文件数据><编码><电子属性><计算机文件名>后加.txt</计算机文件名></电子属性><编码数据>5ZCO5Yqg</编码数据></编码></文件数据></文件实体>";
        var text = Signed(EepForm.Stored);
        var check = await LookAsync(text.Insert(text.LastIndexOf(before, StringComparison.Ordinal), stray));
        var named = Assert.Single(check.Differences, d => d.Place.EndsWith("编码与文件实体", StringComparison.Ordinal));
        Assert.Contains($"2 个文件实体等内容在被签名对象之外（第一个在{where}里）", named.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_without_content_of_the_declared_input_is_open()
    {
        var text = Signed(EepForm.Stored);
        var at = text.IndexOf("<被签名对象", StringComparison.Ordinal);
        var end = text.IndexOf("</被签名对象>", StringComparison.Ordinal) + "</被签名对象>".Length;
        var check = await LookAsync(string.Concat(text.AsSpan(0, at), "<被签名对象 eep版本=\"2009\"/>", text.AsSpan(end)), EepForm.Stored);
        Assert.DoesNotContain(check.Differences, d => d.Place.Contains("电子签名 修改0-签名1 签名结果", StringComparison.Ordinal));
        Assert.Contains(check.Open, o => o.Contains("被签的元素取不出", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SHA1withRSA", false, false)]
    [InlineData("RSAwithSHA256", true, true)]
    [InlineData("1.2.840.113549.1.1.13", true, true)]
    [InlineData("SM3_with_SM2", true, false)]
    [InlineData("甲", false, false)]
    public async Task Algorithms_are_called_what_verifying_calls_them(string name, bool isAlgorithm, bool isRemarked)
    {
        var check = await LookAsync(Signed(EepForm.Stored).Replace("SM2withSM3", name, StringComparison.Ordinal), id: "EEP-08");
        Assert.Equal((isAlgorithm, isRemarked), (check.DifferenceCount == 0, check.Remarks.Count > 0));
    }

    [Fact]
    public void Only_what_is_asked_for_is_remembered_of_a_package()
    {
        var bytes = Encoding.UTF8.GetBytes($"<a xmlns='urn:a' xmlns:b='urn:b'>{string.Concat(Enumerable.Repeat("<被签名对象>\n</被签名对象>\r\n\r", 100_000))}<b:被签名对象 c='>'>甲</b:被签名对象></a>");
        var last = SafeXml.Read(bytes, CancellationToken.None).Root.Elements().Last();
        var source = new EepSource(bytes, CancellationToken.None);
        var before = GC.GetAllocatedBytesForCurrentThread();
        source.Seek([]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
        source.Seek([last]);
        var forms = source.Forms(last).Take(2).Select(f => Encoding.UTF8.GetString(f.Content)).ToList();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * bytes.Length);
        Assert.Equal(["<b:被签名对象 c='>'>甲</b:被签名对象>", "<b:被签名对象 xmlns=\"urn:a\" xmlns:b=\"urn:b\" c=\">\">甲</b:被签名对象>"], forms);
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

    private async Task<ItemComparison> LookAsync(string text, EepForm? told = null, bool roots = true, string id = "EEP-07")
    {
        File.WriteAllText(_folder.File("1.xml"), text);
        File.WriteAllText(_folder.File("root.pem"), Work.Root.Pem);
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.File("1.xml"), "p-eep") with
        {
            TrustRoots = roots ? [_folder.File("root.pem")] : [],
            OwnProfile = told is null ? null : Archiving.Tables.Packages.First(p => p.File.Id == "p-eep") with { SignedForm = told },
        });
        return record.EepChecks.First(c => c.Id == id);
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
        var source = new EepSource(bytes, CancellationToken.None);
        source.Seek([signed]);
        var content = source.Forms(signed).First(f => f.Form == form).Content;
        using var key = SealWorkshop.KeyOf(by);
        return text.Replace(mark, Convert.ToBase64String(key.Sign(content)), StringComparison.Ordinal);
    }

    private static XElement Signature(string name, XElement id, ForgedCertificate by) => E(
        name, id, E("签名规则", "规则"), E("签名时间", "2026-03-02T09:30:00"), E("签名结果", name == "电子签名" ? "第一个值" : "第二个值"), E("证书块", E("证书", Convert.ToBase64String(by.Der))), E("签名算法标识", "SM2withSM3"));

    private static XElement E(string name, params object[] inside) => new(SampleEep.Space + name, inside);
}
