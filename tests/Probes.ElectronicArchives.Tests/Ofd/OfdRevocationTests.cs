using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Signers whose certificates were revoked, by lists and responses that count and by others that do not.</summary>
public sealed class OfdRevocationTests
{
    private const int SignerSerial = 32;
    private static readonly SealWorkshop Work = SealWorkshop.Shared;
    private static readonly DateTimeOffset Day = SealWorkshop.Day;
    private static readonly byte[] Signed = new OfdForge().Sign().ToBytes();

    [Fact]
    public void Without_a_source_nothing_is_claimed()
    {
        var (found, outcome) = Look();
        Assert.Equal((OfdAnswer.Intact, SealOutcome.NotChecked), (found.Answer, outcome));
        Assert.False(found.NotRevoked.IsKnown);
        Assert.Contains(found.Signatures.Value[0].Remarks, r => r.Contains("没有查", StringComparison.Ordinal));
    }

    public static TheoryData<string, SealOutcome, OfdAnswer, bool?> Sources => new()
    {
        { "list before signing", SealOutcome.Undecided, OfdAnswer.Intact, null },
        { "list of the moment of signing", SealOutcome.Holds, OfdAnswer.Intact, true },
        { "list after signing", SealOutcome.Holds, OfdAnswer.Intact, true },
        { "lists before and after signing", SealOutcome.Holds, OfdAnswer.Intact, true },
        { "responses before signing", SealOutcome.Undecided, OfdAnswer.Intact, null },
        { "responses", SealOutcome.Holds, OfdAnswer.Intact, true },
        { "unknown to a response", SealOutcome.Undecided, OfdAnswer.Intact, null },
        { "unknown to a response and on no list", SealOutcome.Undecided, OfdAnswer.Intact, null },
        { "revoked before", SealOutcome.Fails, OfdAnswer.ExpiredAtSigning, false },
        { "revoked before, by a response", SealOutcome.Fails, OfdAnswer.ExpiredAtSigning, false },
        { "revoked after, and nobody stamped the time", SealOutcome.Undecided, OfdAnswer.Intact, null },
        { "stale list", SealOutcome.Undecided, OfdAnswer.Intact, null },
        { "list after the certificate lapsed", SealOutcome.Undecided, OfdAnswer.Intact, null },
        { "list signed by a stranger", SealOutcome.Undecided, OfdAnswer.Intact, null },
        { "response about another", SealOutcome.Undecided, OfdAnswer.Intact, null },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void What_a_source_says_counts_at_the_time_of_signing(string which, SealOutcome outcome, OfdAnswer answer, bool? notRevoked)
    {
        var source = which switch
        {
            "list before signing" => Lists(ForgedStatus.List(Work.Root, Day.AddDays(-3), Day.AddDays(3), [])),
            "list of the moment of signing" => Lists(ForgedStatus.List(Work.Root, Day, Day.AddDays(3), [])),
            "lists before and after signing" => Lists(ForgedStatus.List(Work.Root, Day.AddDays(-3), Day.AddDays(3), []), ForgedStatus.List(Work.Root, Day.AddDays(3), Day.AddDays(6), [])),
            "list after signing" => Lists(ForgedStatus.List(Work.Root, Day.AddDays(90), Day.AddDays(120), [7])),
            "responses before signing" => Responses(0, Day.AddDays(-1), Work.Signer, Work.Maker),
            "responses" => Responses(0, Day.AddDays(1), Work.Signer, Work.Maker),
            "unknown to a response" => Responses(2, Day.AddDays(1), Work.Signer, Work.Maker),
            "unknown to a response and on no list" => Responses(2, Day.AddDays(1), Work.Signer) with { RevocationLists = Lists(ForgedStatus.List(Work.Root, Day.AddDays(3), Day.AddDays(6), [])).RevocationLists },
            "revoked before" => Lists(ForgedStatus.List(Work.Root, Day.AddDays(-1), Day.AddDays(3), [SignerSerial])),
            "revoked before, by a response" => Responses(1, Day.AddDays(-1), Work.Signer),
            "revoked after, and nobody stamped the time" => Lists(ForgedStatus.List(Work.Root, Day.AddDays(30), Day.AddDays(60), [SignerSerial])),
            "stale list" => Lists(ForgedStatus.List(Work.Root, Day.AddDays(-90), Day.AddDays(-60), [])),
            "list after the certificate lapsed" => Lists(ForgedStatus.List(Work.Root, Day.AddYears(12), Day.AddYears(13), [])),
            "list signed by a stranger" => Lists(ForgedStatus.List(Stranger(), Day.AddDays(-3), Day.AddDays(3), [])),
            _ => Responses(0, Day.AddDays(1), Work.Stranger),
        };
        var (found, seen) = Look(source);
        Assert.True((outcome, answer) == (seen, found.Answer), $"{seen} {found.Why()}");
        Assert.Equal(notRevoked, found.NotRevoked.IsKnown ? found.NotRevoked.Value : null);

        // What holds by the time that the signer wrote says so.
        var remarks = string.Join('\n', found.Signatures.Value[0].Remarks.Where(r => r.StartsWith(EnumWords.Say(SealStep.SignerRevocation), StringComparison.Ordinal)));
        Assert.Equal(outcome == SealOutcome.Holds, remarks.Contains("只是签名者自己写的，没有可信的时间戳", StringComparison.Ordinal));
        Assert.Equal(which is "list before signing" or "responses before signing", remarks.Contains("在签名之前就签发了", StringComparison.Ordinal));
        Assert.Equal(which.StartsWith("unknown", StringComparison.Ordinal), remarks.Contains("不认识这张证书", StringComparison.Ordinal));
    }

    /// <summary>A signer below an intermediate: its own list is not enough, and one that revokes the intermediate is against it.</summary>
    [Theory]
    [InlineData(false, false, SealOutcome.Undecided)]
    [InlineData(true, false, SealOutcome.Holds)]
    [InlineData(true, true, SealOutcome.Fails)]
    [InlineData(true, true, SealOutcome.Fails, "another of its name and key that has signed itself")]
    [InlineData(true, true, SealOutcome.Fails, "nine more below it")]
    public void Certificates_above_the_signer_count_too(bool aboveIsListed, bool aboveIsRevoked, SealOutcome outcome, string? with = null)
    {
        const int Above = 77;
        var between = Work.Root.Issue(CertificateForm.Authority("CN=中级机构, O=SmartCity Lab, C=CN") with { Serial = Above, NotBefore = Day.AddYears(-2), NotAfter = Day.AddYears(10) }, ForgedKey.Sm2());
        List<ForgedCertificate> supplied = [between];
        if (with?.StartsWith("another", StringComparison.Ordinal) == true)
        {
            supplied.Insert(0, ForgedCertificate.SelfSigned(between.Form, between.Key));
        }
        else if (with is not null)
        {
            supplied.AddRange(Enumerable.Range(1, 9).Select(i => CertificateForm.Authority($"CN=下级机构 {i}, O=SmartCity Lab, C=CN") with { Serial = i, NotBefore = Day.AddYears(-2), NotAfter = Day.AddYears(10) })
                .Aggregate(new List<ForgedCertificate> { between }, (made, form) => [.. made, made[^1].Issue(form, ForgedKey.Sm2())]).Skip(1));
        }

        var signer = supplied[^1].Issue(
            new CertificateForm { Subject = "CN=某区税务所, O=SmartCity Lab, C=CN", Serial = 5, NotBefore = Day.AddYears(-1), NotAfter = Day.AddYears(5), Purposes = null, DnsNames = [], Addresses = [] }, ForgedKey.Sm2());
        var file = new OfdForge().Sign(new SigningWay { By = signer, Seal = Work.Seal(user: signer) }).ToBytes();
        List<byte[]> lists = [.. supplied.Where(c => c.Issuer is not null).Select(c => ForgedStatus.List(c, Day.AddDays(3), Day.AddDays(6), []))];
        if (aboveIsListed)
        {
            lists.Add(ForgedStatus.List(Work.Root, Day.AddDays(aboveIsRevoked ? -1 : 3), Day.AddDays(6), aboveIsRevoked ? [Above] : []));
        }

        var trust = Lists(lists) with { Intermediates = [.. supplied.Select(c => CertificateDetails.TryRead(c.Der, out _)!)] };
        var found = OfdLook.At(file, trust);
        var step = Assert.Single(found.Signatures.Value).Steps.Single(s => s.Step == SealStep.SignerRevocation);
        Assert.True(step.Outcome == outcome, $"{step} {found.Why()}");
        Assert.Equal(outcome == SealOutcome.Fails ? OfdAnswer.ExpiredAtSigning : OfdAnswer.Intact, found.Answer);
        Assert.Equal(outcome != SealOutcome.Holds, step.Note.Contains("中级机构", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, "没有读全")]
    [InlineData(3, "没有读全")]
    [InlineData(2001, "没有读全")]
    public void A_file_of_lists_is_read_whole_or_not_used(int parts, string? trouble)
    {
        using var folder = new TemporaryFolder();
        var list = System.Security.Cryptography.PemEncoding.WriteString("X509 CRL", ForgedStatus.List(Work.Root, Day.AddDays(3), Day.AddDays(6), [])) + "\n";
        var more = parts switch
        {
            2 => "-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----\n",
            3 => "-----BEGIN X509 CRL-----\n!?\n-----END X509 CRL-----\n",
            2001 => string.Concat(Enumerable.Repeat("-----BEGIN COMMENT-----\n\n-----END COMMENT-----\n", 2000)),
            _ => "",
        };
        var target = new ArchivePackage { Id = "x", Path = folder.Path, TrustRoots = [], Revocations = [folder.Write("crl.pem", list + more)] };
        if (trouble is null)
        {
            Assert.Single(SealTrustFiles.Read(target).RevocationLists);
        }
        else
        {
            Assert.Contains(trouble, Assert.Throws<UnableException>(() => { SealTrustFiles.Read(target); }).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Of the same name as the root, with a key of its own.</summary>
    private static ForgedCertificate Stranger() =>
        ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=印章测试根, O=SmartCity Lab, C=CN") with { NotBefore = Day.AddYears(-5), NotAfter = Day.AddYears(20) }, ForgedKey.Sm2());

    private static SealTrust Lists(params IEnumerable<byte[]> lists) => Work.Trust with { RevocationLists = [.. lists.Select(l => RevocationList.TryRead(l, out var problem) ?? throw new InvalidDataException(problem))] };

    private static SealTrust Responses(int status, DateTimeOffset made, params IEnumerable<ForgedCertificate> about) => Work.Trust with
    {
        StatusResponses = [.. about.Select(c => OcspResponse.TryRead(ForgedStatus.Response(c, Work.Root, status, made, made.AddDays(4)), out var problem) ?? throw new InvalidDataException(problem))],
    };

    private static (OfdFileFinding Found, SealOutcome Outcome) Look(SealTrust? trust = null)
    {
        var found = OfdLook.At(Signed, trust ?? Work.Trust);
        return (found, Assert.Single(found.Signatures.Value).Steps.Single(s => s.Step == SealStep.SignerRevocation).Outcome);
    }
}
