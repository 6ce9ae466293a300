using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Writes OFD files and signs them, rightly or wrongly: files by path, in the order of the package.</summary>
internal sealed class OfdForge
{
    private const string Space = "http://www.ofdspec.org/2016";
    private readonly List<(string Path, byte[] Content)> _files = [];
    private readonly List<string> _signatures = [];

    public OfdForge(int pages = 2, string docType = "OFD", int fillerBytes = 0)
    {
        Put("OFD.xml", Xml($"<ofd:OFD xmlns:ofd=\"{Space}\" DocType=\"{docType}\" Version=\"1.0\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"));
        var list = string.Concat(Enumerable.Range(0, pages).Select(i => $"<ofd:Page ID=\"{10 + i}\" BaseLoc=\"Pages/Page_{i}/Content.xml\"/>"));
        Put("Doc_0/Document.xml", Xml($"<ofd:Document xmlns:ofd=\"{Space}\"><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes><ofd:TemplatePage ID=\"5\" BaseLoc=\"Tpls/Tpl_0/Content.xml\"/></ofd:CommonData><ofd:Pages>{list}</ofd:Pages></ofd:Document>"));
        Put("Doc_0/PublicRes.xml", Xml($"<ofd:Res xmlns:ofd=\"{Space}\" BaseLoc=\"Res\"><ofd:Fonts><ofd:Font ID=\"3\" FontName=\"SimSun\"><ofd:FontFile>font_3.ttf</ofd:FontFile></ofd:Font></ofd:Fonts></ofd:Res>"));
        Put("Doc_0/DocumentRes.xml", Xml($"<ofd:Res xmlns:ofd=\"{Space}\" BaseLoc=\"Res\"><ofd:MultiMedias><ofd:MultiMedia ID=\"6\" Type=\"Image\" Format=\"PNG\"><ofd:MediaFile>image_6.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"));
        Put("Doc_0/Tpls/Tpl_0/Content.xml", Xml($"<ofd:Page xmlns:ofd=\"{Space}\"><ofd:Content><ofd:Layer ID=\"51\">{TextObject(52, 20, "办理结果通知书")}</ofd:Layer></ofd:Content></ofd:Page>"));
        for (var i = 0; i < pages; i++)
        {
            Put($"Doc_0/Pages/Page_{i}/Content.xml", Xml($"<ofd:Page xmlns:ofd=\"{Space}\"><ofd:Template TemplateID=\"5\"/><ofd:Content><ofd:Layer ID=\"{20 + i}\">{TextObject(30 + i, 40, $"准予许可第 {i + 1} 页")}<ofd:ImageObject ID=\"{40 + i}\" ResourceID=\"6\" Boundary=\"10 60 20 20\"/></ofd:Layer></ofd:Content></ofd:Page>"));
        }

        Put("Doc_0/Res/font_3.ttf", new SeededBytes(3).Take(4000));
        Put("Doc_0/Res/image_6.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new SeededBytes((ulong)fillerBytes + 6).Take(200 + fillerBytes)]);
    }

    public IReadOnlyList<(string Path, byte[] Content)> Files => _files;

    /// <summary>Every file there is before a signature's own.</summary>
    public IEnumerable<string> Paths => _files.Select(f => f.Path);

    public static byte[] Xml(string text) => Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text);

    public byte[] Get(string path) => _files.Find(f => f.Path == path).Content;

    public string Text(string path) => Encoding.UTF8.GetString(Get(path));

    public OfdForge Put(string path, byte[] content)
    {
        var at = _files.FindIndex(f => f.Path == path);
        if (at < 0)
        {
            _files.Add((path, content));
        }
        else
        {
            _files[at] = (path, content);
        }

        return this;
    }

    public OfdForge Replace(string path, string old, string with) => Put(path, Encoding.UTF8.GetBytes(Text(path).Replace(old, with, StringComparison.Ordinal)));

    public OfdForge Remove(string path)
    {
        _files.RemoveAll(f => f.Path == path);
        return this;
    }

    /// <summary>Signs everything there is, but for what is left out.</summary>
    public OfdForge Sign(SigningWay? given = null)
    {
        var way = given ?? new SigningWay();
        var n = _signatures.Count;
        var folder = $"Doc_0/Signs/Sign_{n}";
        _signatures.Add($"<ofd:Signature ID=\"{n + 1}\" Type=\"{(way.Message || way.Bare ? "Sign" : "Seal")}\" BaseLoc=\"Sign_{n}/Signature.xml\"/>");
        if (n == 0)
        {
            Replace("OFD.xml", "</ofd:DocRoot>", "</ofd:DocRoot><ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>");
        }

        Put("Doc_0/Signs/Signatures.xml", Xml($"<ofd:Signatures xmlns:ofd=\"{Space}\"><ofd:MaxSignId>{n + 1}</ofd:MaxSignId>{string.Concat(_signatures)}</ofd:Signatures>"));
        var seal = way.Seal ?? SealWorkshop.Shared.Seal(way.Standard);
        if (!way.Message && !way.Bare)
        {
            Put($"{folder}/Seal.esl", seal);
        }

        var covered = _files.Where(f => !way.LeftOut(f.Path)).ToList();
        var references = string.Concat(covered.Select(f => $"<ofd:Reference FileRef=\"/{f.Path}\"><ofd:CheckValue>{Convert.ToBase64String(Digest(way.Method, f.Content))}</ofd:CheckValue></ofd:Reference>"));
        var sealPart = way.Message || way.Bare ? "" : $"<ofd:Seal><ofd:BaseLoc>/{folder}/Seal.esl</ofd:BaseLoc></ofd:Seal>";
        var description = Xml($"<ofd:Signature xmlns:ofd=\"{Space}\"><ofd:SignedInfo><ofd:Provider ProviderName=\"SmartCity\" Version=\"1.0\"/><ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod><ofd:SignatureDateTime>{way.At:yyyyMMddHHmmss}Z</ofd:SignatureDateTime><ofd:References CheckMethod=\"{way.Method}\">{references}</ofd:References><ofd:StampAnnot ID=\"90\" PageRef=\"10\" Boundary=\"140 200 40 40\"/>{sealPart}</ofd:SignedInfo><ofd:SignedValue>/{folder}/SignedValue.dat</ofd:SignedValue></ofd:Signature>");
        Put($"{folder}/Signature.xml", description);
        return Put($"{folder}/SignedValue.dat", Value(description, $"/{folder}/Signature.xml", seal, way));
    }

    /// <summary>Signs a changed Signature.xml anew, as who holds a key can.</summary>
    public static byte[] Value(byte[] description, string path, byte[] seal, SigningWay way)
    {
        using var key = SealWorkshop.KeyOf(way.By);
        return way.Bare ? key.Sign(description)
            : way.Message ? SignedMessageForge.Make(description, way.By, key, way.Attributes)
            : SealMaking.Sign(new SealUse { Seal = seal, Standard = way.Standard, SignedFile = description, Path = path, At = way.At, Certificate = way.By.Der }, key);
    }

    public ZipForge ToZip()
    {
        var zip = new ZipForge();
        _files.ForEach(f => zip.Add(f.Path, f.Content));
        return zip;
    }

    public byte[] ToBytes() => ToZip().ToBytes();

    private static byte[] Digest(string method, byte[] content) => SealHashes.Of(method, content) ?? SHA256.HashData(content);

    private static string TextObject(int id, int y, string text) => $"<ofd:TextObject ID=\"{id}\" Boundary=\"20 {y} 100 6\" Font=\"3\" Size=\"4.5\"><ofd:TextCode X=\"0\" Y=\"4.5\">{text}</ofd:TextCode></ofd:TextObject>";
}

/// <summary>How a signature is made.</summary>
internal sealed record SigningWay
{
    public SealStandard Standard { get; init; } = SealStandard.V4;

    public ForgedCertificate By { get; init; } = SealWorkshop.Shared.Signer;

    public byte[]? Seal { get; init; }

    public DateTimeOffset At { get; init; } = SealWorkshop.Day;

    public string Method { get; init; } = "1.2.156.10197.1.401";

    public Func<string, bool> LeftOut { get; init; } = _ => false;

    /// <summary>GB/T 35275 instead of a seal.</summary>
    public bool Message { get; init; }

    /// <summary>With signed attributes.</summary>
    public bool Attributes { get; init; }

    /// <summary>The signature's number alone.</summary>
    public bool Bare { get; init; }
}
