using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>A clear port beside an encrypted one is left out of the channels only where it was seen to send everybody on.</summary>
public sealed class DoorstepTests
{
    private static readonly Candidate Two = Sample.Candidate with
    {
        CryptoLevel = 3,
        Hosts = [],
        Endpoints = [Sample.Candidate.Endpoints[0], Sample.Candidate.Endpoints[1] with { Protocol = EndpointProtocol.Http }],
    };

    [Fact]
    public void One_that_was_seen_to_send_everybody_on_is_no_channel() =>
        Assert.Equal([Sample.Portal], Channels(Two, Sample.Saw(Sample.Api, "{\"open\":false}")).Objects.Select(o => o.ObjectId));

    [Fact]
    public void One_that_answers_is_a_channel_without_cryptography_and_a_high_risk()
    {
        var assessed = Judge.All(Input(Two, Sample.Saw(Sample.Api, "{\"open\":true}"))).Assessments.Single();
        Assert.False(Of(assessed).Objects.Single(o => o.ObjectId == Sample.Api).Aspects.Single(a => a.Aspect == Aspect.D).Holds);
        Assert.Equal(HighRiskStanding.Confirmed, assessed.HighRisks.Single(h => h.Code == "7.2").Standing);
    }

    [Fact]
    public void One_nobody_looked_at_is_a_channel_of_which_nothing_is_known()
    {
        var clear = Channels(Two).Objects.Single(o => o.ObjectId == Sample.Api);
        Assert.Null(clear.Aspects.Single(a => a.Aspect == Aspect.D).Holds);
        Assert.Equal(0, clear.Score.Lower);
    }

    [Fact]
    public void Without_an_encrypted_port_of_the_same_host_there_is_nothing_to_send_people_on_to()
    {
        var alone = Two with { Endpoints = [Two.Endpoints[0] with { Host = "10.0.0.1" }, Two.Endpoints[1]] };
        Assert.Contains(Sample.Api, Channels(alone, Sample.Saw(Sample.Api, "{\"open\":false}")).Objects.Select(o => o.ObjectId));
        Assert.False(Channels(alone).Objects.Single(o => o.ObjectId == Sample.Api).Aspects.Single(a => a.Aspect == Aspect.D).Holds);
    }

    [Fact]
    public void A_declared_object_keeps_its_doorstep()
    {
        var declared = Two with { Crypto = new CryptoStatements { Objects = [new CryptoObject("o", "入口", ["NET-3"], [Sample.Api])] } };
        Assert.Equal(["o", Sample.Portal], Channels(declared, Sample.Saw(Sample.Api, "{\"open\":false}")).Objects.Select(o => o.ObjectId).Order(StringComparer.Ordinal).Reverse());
    }

    private static ControlJudgement Channels(Candidate candidate, params ProbeRecord[] records) => Of(Judge.All(Input(candidate, records)).Assessments.Single());

    private static ControlJudgement Of(Assessment assessed) => assessed.Controls.Single(c => c.Key == "NET-3");

    private static JudgeInput Input(Candidate candidate, params ProbeRecord[] records) => Sample.Input(records) with
    {
        Candidate = candidate,
        Library = CryptoRules.Library,
        Requirements =
        [
            Sample.Requirement() with
            {
                Pillar = Pillar.CommercialCrypto,
                Basis = [new Basis("GB/T 39786-2021", "8.2", BasisConfidence.Unchecked) { Claim = new ControlClaim { Controls = ["NET-3", "NET-2", "DEV-2"], Aspects = [Aspect.D], IsDoorstep = true } }],
            },
        ],
    };
}
