using System.Xml.Linq;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>An electronic seal (GB/T 38540-2020) of a unit nobody knows, made anew at each start, and what is needed to sign OFD files with it.</summary>
public sealed class PaperSeal : IDisposable
{
    private const string Folder = "Doc_0/Signs/Sign_0";
    private static readonly XNamespace Ofd = "http://www.ofdspec.org/2016";

    /// <summary>A PNG of one point: the seal shows nothing.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=");

    private readonly Sm2Authority _authority;
    private readonly Sm2Credential _signer;
    private readonly byte[] _seal;

    /// <param name="unit">Whose seal it is.</param>
    /// <param name="clock">It began to hold 30 days ago and holds for a year.</param>
    public PaperSeal(string unit, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _authority = new Sm2Authority("演示印章根证书", clock);
        _signer = _authority.IssueSigning("seal.example.cn");
        var maker = _authority.IssueSigning("maker.example.cn");
        using var key = maker.Key;
        var from = clock.GetUtcNow().AddDays(-30);
        _seal = SealMaking.Make(
            new SealForm { SealId = "00000000000001", Name = $"{unit}（演示印章）", Users = [_signer.Certificate], ValidFrom = from, ValidTo = from.AddYears(1), Picture = Picture },
            key,
            maker.Certificate);
    }

    public void Dispose()
    {
        _signer.Key.Dispose();
        _authority.Dispose();
    }

    /// <summary>The same parts with a signature over all of them.</summary>
    /// <param name="parts">Of an OFD file that was never signed.</param>
    /// <param name="at">When it is signed; within the seal's validity, or it was none.</param>
    internal IReadOnlyList<(string Path, byte[] Bytes)> Over(IReadOnlyList<(string Path, byte[] Bytes)> parts, DateTimeOffset at)
    {
        var entry = XElement.Parse(System.Text.Encoding.UTF8.GetString(parts[0].Bytes).TrimStart('\uFEFF'));
        entry.Element(Ofd + "DocBody")!.Add(new XElement(Ofd + "Signatures", "Doc_0/Signs/Signatures.xml"));
        var list = Root("Signatures", Of("MaxSignId", 1), Of("Signature", new XAttribute("ID", 1), new XAttribute("Type", "Seal"), new XAttribute("BaseLoc", "Sign_0/Signature.xml")));
        List<(string Path, byte[] Bytes)> covered = [(parts[0].Path, ArchiveWriting.Xml(entry)), .. parts.Skip(1), ("Doc_0/Signs/Signatures.xml", list), ($"{Folder}/Seal.esl", _seal)];
        var references = covered.Select(p => Of("Reference", new XAttribute("FileRef", "/" + p.Path), Of("CheckValue", Convert.ToBase64String(Sm3.HashData(p.Bytes)))));
        var description = Root(
            "Signature",
            Of(
                "SignedInfo",
                Of("Provider", new XAttribute("ProviderName", "演示"), new XAttribute("Version", "1.0")),
                Of("SignatureMethod", "1.2.156.10197.1.501"),
                Of("SignatureDateTime", at.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture)),
                Of("References", new XAttribute("CheckMethod", "1.2.156.10197.1.401"), references),
                Of("StampAnnot", new XAttribute("ID", 90), new XAttribute("PageRef", 10), new XAttribute("Boundary", "140 220 40 40")),
                Of("Seal", Of("BaseLoc", $"/{Folder}/Seal.esl"))),
            Of("SignedValue", $"/{Folder}/SignedValue.dat"));
        var value = SealMaking.Sign(new SealUse { Seal = _seal, SignedFile = description, Path = $"/{Folder}/Signature.xml", At = at, Certificate = _signer.Certificate }, _signer.Key);
        return [.. covered, ($"{Folder}/Signature.xml", description), ($"{Folder}/SignedValue.dat", value)];
    }

    private static byte[] Root(string name, params object?[] content) => ArchiveWriting.Xml(new XElement(Ofd + name, new XAttribute(XNamespace.Xmlns + "ofd", Ofd.NamespaceName), content));

    private static XElement Of(string name, params object?[] content) => new(Ofd + name, content);
}
