using SmartCity.SecurityCheck.Cryptography;
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
        { "list before signing", SealOutcome.Holds, OfdAnswer.Intact, true },
        { "list after signing", SealOutcome.Holds, OfdAnswer.Intact, true },
        { "responses", SealOutcome.Holds, OfdAnswer.Intact, true },
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
            "list after signing" => Lists(ForgedStatus.List(Work.Root, Day.AddDays(90), Day.AddDays(120), [7])),
            "responses" => Responses(0, Work.Signer, Work.Maker),
            "revoked before" => Lists(ForgedStatus.List(Work.Root, Day.AddDays(-1), Day.AddDays(3), [SignerSerial])),
            "revoked before, by a response" => Responses(1, Work.Signer),
            "revoked after, and nobody stamped the time" => Lists(ForgedStatus.List(Work.Root, Day.AddDays(30), Day.AddDays(60), [SignerSerial])),
            "stale list" => Lists(ForgedStatus.List(Work.Root, Day.AddDays(-90), Day.AddDays(-60), [])),
            "list after the certificate lapsed" => Lists(ForgedStatus.List(Work.Root, Day.AddYears(12), Day.AddYears(13), [])),
            "list signed by a stranger" => Lists(ForgedStatus.List(Stranger(), Day.AddDays(-3), Day.AddDays(3), [])),
            _ => Responses(0, Work.Stranger),
        };
        var (found, seen) = Look(source);
        Assert.True((outcome, answer) == (seen, found.Answer), $"{seen} {found.Why()}");
        Assert.Equal(notRevoked, found.NotRevoked.IsKnown ? found.NotRevoked.Value : null);
    }

    /// <summary>Of the same name as the root, with a key of its own.</summary>
    private static ForgedCertificate Stranger() =>
        ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=印章测试根, O=SmartCity Lab, C=CN") with { NotBefore = Day.AddYears(-5), NotAfter = Day.AddYears(20) }, ForgedKey.Sm2());

    private static SealTrust Lists(byte[] list) => Work.Trust with { RevocationLists = [RevocationList.TryRead(list, out var problem) ?? throw new InvalidDataException(problem)] };

    private static SealTrust Responses(int status, params IEnumerable<ForgedCertificate> about) => Work.Trust with
    {
        StatusResponses = [.. about.Select(c => OcspResponse.TryRead(ForgedStatus.Response(c, Work.Root, status, Day.AddDays(-1), Day.AddDays(3)), out var problem) ?? throw new InvalidDataException(problem))],
    };

    private static (OfdFileFinding Found, SealOutcome Outcome) Look(SealTrust? trust = null)
    {
        var found = OfdLook.At(Signed, trust ?? Work.Trust);
        return (found, Assert.Single(found.Signatures.Value).Steps.Single(s => s.Step == SealStep.SignerRevocation).Outcome);
    }
}
