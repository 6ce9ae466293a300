using System.Text.Json;
using System.Text.Json.Serialization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>One element of what <c>probe --json</c> writes: an observation, or why there is none.</summary>
internal sealed record SingleObservation
{
    public required string Kind { get; init; }

    public required string Target { get; init; }

    public required string Probe { get; init; }

    public required string Version { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Data { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Evidence>? Evidence { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NotNeeded { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RecordedFailure? Unable { get; init; }

    public static IEnumerable<SingleObservation> Of(ProbeRecord record)
    {
        var bare = new SingleObservation { Kind = record.ProbeId, Target = record.TargetId, Probe = record.ProbeId, Version = record.ProbeVersion };
        return record.Outcome switch
        {
            Observed observed => observed.Observations.Select(o => bare with { Kind = o.Kind, Data = o.Data, Evidence = o.Evidence }),
            NotNeeded notNeeded => [bare with { NotNeeded = notNeeded.Why }],
            Unable unable => [bare with { Unable = new RecordedFailure(unable.Kind, unable.Message) }],
            _ => [],
        };
    }
}
