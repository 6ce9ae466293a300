using System.Text.Json;

namespace SmartCity.SecurityCheck.Model.Tests;

public sealed class SecretTests
{
    private const string Value = "Bearer 3f9c-do-not-print";
    private static readonly Secret Hidden = new(Value, "env:PORTAL_TOKEN");
    private static readonly Endpoint Portal = new() { Id = "portal", Host = "::1", Port = 443, Authorization = Hidden };
    private static readonly Candidate Candidate = new() { Id = "p", Name = "政务", Kind = SystemKind.Website, IsClassified = false, Endpoints = [Portal] };

    [Fact]
    public void A_secret_never_shows_through_printing_interpolation_or_serialisation()
    {
        string[] shown =
        [
            Hidden.ToString(), $"{Hidden}", $"{Portal}", $"{Candidate}", string.Join(',', Candidate.Endpoints),
            JsonSerializer.Serialize(Hidden), JsonSerializer.Serialize(Portal), JsonSerializer.Serialize<Target>(Portal),
            JsonSerializer.Serialize(Candidate), JsonSerializer.Serialize(Candidate, ObservationJson.Options),
            JsonSerializer.Serialize(new { Hidden, List = new[] { Hidden } }, ObservationJson.Compact),
            JsonSerializer.Serialize(new Dictionary<string, object> { ["s"] = Hidden }),
        ];
        Assert.All(shown, s => Assert.DoesNotContain("3f9c", s, StringComparison.Ordinal));
        Assert.Contains("***", shown[10], StringComparison.Ordinal);
        Assert.Equal(Value, Hidden.Reveal());
    }

    [Fact]
    public void A_secret_cannot_be_read_from_JSON() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Secret>("\"x\""));

    [Fact]
    public void A_candidate_reads_back_as_it_was_written_apart_from_its_secrets()
    {
        var back = JsonSerializer.Deserialize<Candidate>(JsonSerializer.Serialize(Candidate, ObservationJson.Options), ObservationJson.Options)!;
        Assert.Equal(Portal with { Authorization = null }, Assert.Single(back.Endpoints));
        Assert.Equal("[::1]:443", back.Endpoints[0].Authority);
        Assert.Equal("endpoint:portal", Assert.Single(back.Targets()).TargetId);
    }
}
