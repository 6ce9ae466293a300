using System.Security.Cryptography.X509Certificates;
using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Certificates as they are met, not as they should be.</summary>
public sealed class CertificateDetailsTests
{
    private static readonly byte[] GbkCity = [0xC0, 0xBC, 0xD6, 0xDD];

    [Theory]
    [InlineData(20, "GBK")]
    [InlineData(19, "GBK")]
    [InlineData(12, "GBK")]
    public void Gbk_names_under_any_string_tag_are_read(byte tag, string encoding)
    {
        var read = ForgedCertificate.SelfSigned(new CertificateForm { RawSubject = Name(tag, GbkCity) }, ForgedChains.Keys[1]).Read();
        Assert.Equal("CN=兰州", read.Subject.Text);
        Assert.Contains(read.Problems, p => p.Contains(encoding, StringComparison.Ordinal));
        Assert.True(read.IsSelfSigned());
    }

    [Theory]
    [InlineData(12, "兰州", "utf-8", false)]
    [InlineData(20, "兰州", "utf-8", true)]
    [InlineData(30, "兰州", "utf-16BE", false)]
    [InlineData(28, "兰州", "utf-32BE", false)]
    [InlineData(20, "Zürich", "iso-8859-1", true)]
    public void Other_encodings_are_read_too(byte tag, string text, string encoding, bool odd)
    {
        var read = ForgedCertificate.SelfSigned(new CertificateForm { RawSubject = Name(tag, Encoding.GetEncoding(encoding).GetBytes(text)) }, ForgedChains.Keys[1]).Read();
        Assert.Equal($"CN={text}", read.Subject.Text);
        Assert.Equal(odd, read.Problems.Count > 0);
    }

    [Fact]
    public void Names_match_across_string_types_case_and_blanks_and_no_further()
    {
        static DistinguishedName Of(byte tag, string text) => DistinguishedName.Read(Name(tag, Encoding.UTF8.GetBytes(text)));
        Assert.True(Of(12, "Lab  CA").Matches(Of(19, "lab ca ")));
        Assert.False(Of(12, "Lab CA").Matches(Of(19, "labca")));
        Assert.False(DistinguishedName.Read(new X500DistinguishedName("CN=a, O=b").RawData).Matches(DistinguishedName.Read(new X500DistinguishedName("CN=a").RawData)));
    }

    [Theory]
    [InlineData("-5", "负数")]
    [InlineData("0", "零")]
    [InlineData("99999999999999999999999999999999999999999999999999999999", "20 字节")]
    public void Odd_serial_numbers_are_read_and_named(string serial, string problem)
    {
        var read = ForgedCertificate.SelfSigned(new CertificateForm { Serial = System.Numerics.BigInteger.Parse(serial) }, ForgedChains.Keys[1]).Read();
        Assert.Contains(problem, Assert.Single(read.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Extensions_are_named_and_read()
    {
        var form = new CertificateForm
        {
            PathLength = 3,
            IsCa = true,
            Further =
            [
                new X509Extension("1.3.6.1.5.5.7.1.24", [0x30, 3, 2, 1, 5], false),
                new X509Extension("1.3.6.1.5.5.7.1.1", Access("http://ocsp.test.lab/"), false),
                new X509Extension("2.5.29.31", Points("http://crl.test.lab/a.crl"), false),
                new X509Extension("2.5.29.32", [0x30, 5, 0x30, 3, 6, 1, 42], false),
            ],
        };
        var read = ForgedCertificate.SelfSigned(form, ForgedChains.Keys[1]).Read();
        Assert.Empty(read.Values.Unreadable);
        Assert.Equal(["1.2"], read.Values.Policies);
        Assert.Equal(new BasicConstraints(true, 3), read.Values.BasicConstraints);
        Assert.Equal([5], read.Values.TlsFeatures);
        Assert.Equal(["http://ocsp.test.lab/"], read.Values.OcspUris);
        Assert.Equal(["http://crl.test.lab/a.crl"], read.Values.CrlUris);
        Assert.Equal(["DNS:gov.test.lab", "DNS:localhost", "IP:127.0.0.1"], read.Values.AlternativeNames!.Select(n => n.Labelled));
        Assert.Equal(read.Values.SubjectKeyId, read.Values.AuthorityKey!.KeyId);
        Assert.Contains("tlsFeature", read.Extensions.Select(e => e.Name));
    }

    [Fact]
    public void An_extension_that_is_no_such_extension_costs_itself_alone()
    {
        var read = ForgedCertificate.SelfSigned(
            new CertificateForm { DnsNames = [], Addresses = [], Further = [new X509Extension("2.5.29.17", [0x30, 2, 0x02, 0], false), new X509Extension("2.5.29.31", [0x04, 0], false)] }, ForgedChains.Keys[1]);
        Assert.Null(CertificateDetails.TryRead(read.Der, out var problem));
        Assert.Contains("DER", problem, StringComparison.Ordinal);

        var lenient = ForgedCertificate.SelfSigned(new CertificateForm { Further = [new X509Extension("2.5.29.31", [0x04, 0], false)] }, ForgedChains.Keys[1]).Read();
        Assert.Equal(["2.5.29.31"], lenient.Values.Unreadable);
        Assert.Null(lenient.Values.CrlUris);
        Assert.NotNull(lenient.Values.AlternativeNames);
    }

    [Fact]
    public void A_doubled_extension_is_unreadable()
    {
        var read = ForgedCertificate.SelfSigned(new CertificateForm { Further = [new X509Extension("2.5.29.15", [3, 2, 1, 6], true)] }, ForgedChains.Keys[1]).Read();
        Assert.Equal(["2.5.29.15"], read.Values.Unreadable);
    }

    [SkippableFact]
    public void Openssl_bundles_of_every_shape_are_read()
    {
        OpenSslTool.Require();
        using var folder = new TestKit.TemporaryFolder();
        var root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Root"), ForgedChains.Keys[1]);
        var leaf = root.Issue(new CertificateForm(), ForgedChains.Keys[2]);
        var pem = folder.Write("both.pem", "comment 说明\n" + leaf.Pem + "\nmore\n" + root.Pem);
        var list = ForgedStatus.List(root, ForgedChains.Now, ForgedChains.Now.AddDays(7), [1, 2, 3]);
        File.WriteAllBytes(folder.File("a.crl"), list);
        OpenSslTool.Run([], "crl2pkcs7", "-certfile", pem, "-in", folder.File("a.crl"), "-inform", "DER", "-outform", "DER", "-out", folder.File("a.p7b"));
        OpenSslTool.Run([], "crl2pkcs7", "-nocrl", "-certfile", pem, "-out", folder.File("b.p7b"));
        Assert.Equal((2, 0), Count(pem));
        Assert.Equal((2, 1), Count(folder.File("a.p7b")));
        Assert.Equal((2, 0), Count(folder.File("b.p7b")));
        Assert.Equal((0, 1), Count(folder.File("a.crl")));
        File.WriteAllBytes(folder.File("a.der"), leaf.Der);
        Assert.Equal((1, 0), Count(folder.File("a.der")));
    }

    private static (int Certificates, int Lists) Count(string path)
    {
        var bundle = CertificateBundle.Read(File.ReadAllBytes(path));
        Assert.Empty(bundle.Problems);
        return (bundle.Certificates.Count, bundle.RevocationLists.Count);
    }

    private static byte[] Name(byte tag, byte[] value) =>
        [0x30, (byte)(value.Length + 11), 0x31, (byte)(value.Length + 9), 0x30, (byte)(value.Length + 7), 6, 3, 0x55, 4, 3, tag, (byte)value.Length, .. value];

    private static byte[] Access(string uri) =>
        [0x30, (byte)(uri.Length + 14), 0x30, (byte)(uri.Length + 12), 6, 8, 0x2B, 6, 1, 5, 5, 7, 0x30, 1, 0x86, (byte)uri.Length, .. Encoding.ASCII.GetBytes(uri)];

    private static byte[] Points(string uri) =>
        [0x30, (byte)(uri.Length + 8), 0x30, (byte)(uri.Length + 6), 0xA0, (byte)(uri.Length + 4), 0xA0, (byte)(uri.Length + 2), 0x86, (byte)uri.Length, .. Encoding.ASCII.GetBytes(uri)];
}
