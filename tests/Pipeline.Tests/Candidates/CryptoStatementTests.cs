using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>What people say of the cryptography: everything optional, nothing said twice.</summary>
public sealed class CryptoStatementTests : IDisposable
{
    private readonly FullCandidate _full = new();

    public void Dispose() => _full.Dispose();

    [Fact]
    public void Every_statement_is_read_with_who_said_it()
    {
        var crypto = _full.Read(FullCandidate.Text).Crypto;
        Assert.Equal(("citizen-channel", "endpoint:portal"), (crypto.Objects[0].Id, crypto.Objects[0].Targets[0]));
        Assert.Equal((true, false, true, 128, 1, "citizen-channel"), (crypto.Answers[0].D, crypto.Answers[0].A, crypto.Answers[0].K, crypto.Answers[0].StrengthBits, crypto.Answers[0].ModuleLevel, crypto.Answers[0].Object));
        Assert.Equal((false, "没有外联设备接入"), (crypto.Applicability[0].Applies, crypto.Applicability[0].Statement));
        Assert.Equal(("NET-3", "APP-4", true), (crypto.Coverage[0].From, crypto.Coverage[0].To, crypto.Coverage[0].CoversAll));
        Assert.Equal((HighRiskClaim.Mitigated, "m1"), (crypto.HighRisks[0].Claim, crypto.HighRisks[0].Mitigation));
        Assert.All(new SignedStatement[] { crypto.Answers[0], crypto.Applicability[0], crypto.Coverage[0], crypto.HighRisks[0] }, s => Assert.Equal(("回答人", "单位", new DateOnly(2026, 1, 20)), (s.By, s.Organisation, s.On)));
        Assert.Equal(EndpointPurpose.Management, _full.Read(FullCandidate.Text).Endpoints[0].Purpose);
    }

    [Theory]
    [InlineData("  units: [NET-5]", "  units: [NET-2]", "cryptoAnswers 又有对它的回答")]
    [InlineData("  applies: false\n", "  applies: maybe\n", "applies 的值 maybe 不对")]
    [InlineData("  statement: 没有外联设备接入\n", "", "没有理由")]
    [InlineData("  claim: 已缓解\n", "  claim: 不存在\n", "不相配")]
    [InlineData("  mitigation: m1\n", "", "不相配")]
    [InlineData("  D: 是\n", "  D: yes\n", "D 的值 yes 不在可选范围")]
    [InlineData("  targets: [endpoint:portal]", "  targets: [endpoint:other]", "target endpoint:other 不存在")]
    [InlineData("  units: [NET-2, NET-3]\n", "  units: [NET-2, NET-2]\n", "有 2 处")]
    [InlineData("  moduleLevel: 1\n", "  moduleLevel: 5\n", "moduleLevel 的值 5 不对")]
    public void A_contradiction_or_a_word_of_ones_own_is_named(string right, string wrong, string message)
    {
        Assert.Contains(right, FullCandidate.Text, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Single(_full.FaultsOf(FullCandidate.Text.Replace(right, wrong, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }
}
