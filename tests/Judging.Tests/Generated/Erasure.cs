using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>Takes knowledge away: fields at any depth, whole observations, facts of the candidate. Never list elements: a list means the whole list.</summary>
internal sealed class Erasure(int seed, int oneIn = 4)
{
    private readonly SeededBytes _dice = new((ulong)seed);

    public JsonElement Fields(JsonElement data)
    {
        var copy = JsonNode.Parse(data.GetRawText());
        Fields(copy);
        return JsonSerializer.SerializeToElement(copy);
    }

    /// <summary>Takes values away instead of knowledge: the field stays and says that there is nothing, or that its list is empty.</summary>
    public JsonElement Values(JsonElement data)
    {
        var copy = JsonNode.Parse(data.GetRawText());
        Values(copy);
        return JsonSerializer.SerializeToElement(copy);
    }

    public JudgeInput Knowledge(JudgeInput input) => input with
    {
        Records = [.. input.Records.Where(_ => !Hit(6)).Select(r => r with { Outcome = Outcome(r.Outcome) })],
        Candidate = input.Candidate with
        {
            ProtectionLevel = Hit(6) ? null : input.Candidate.ProtectionLevel,
            CryptoLevel = Hit(6) ? null : input.Candidate.CryptoLevel,
            Deployment = Hit(6) ? null : input.Candidate.Deployment,
        },
    };

    private ProbeOutcome Outcome(ProbeOutcome outcome) => outcome switch
    {
        _ when Hit(6) => new Unable(FailureKind.TimedOut, "超时"),
        Observed when Hit(10) => new Observed([]),
        Observed seen => new Observed([.. seen.Observations.Select(o => o with { Data = Fields(o.Data) })]),
        _ => outcome,
    };

    private void Fields(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject record:
                foreach (var name in record.Select(p => p.Key).ToList())
                {
                    if (Hit(oneIn))
                    {
                        record.Remove(name);
                    }
                    else
                    {
                        Fields(record[name]);
                    }
                }

                break;
            case JsonArray list:
                list.ToList().ForEach(Fields);
                break;
        }
    }

    private void Values(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject record:
                foreach (var name in record.Select(p => p.Key).ToList())
                {
                    if (Hit(oneIn))
                    {
                        record[name] = record[name] is JsonArray && Hit(2) ? new JsonArray() : null;
                    }
                    else
                    {
                        Values(record[name]);
                    }
                }

                break;
            case JsonArray list:
                list.ToList().ForEach(Values);
                break;
        }
    }

    private bool Hit(int oneOf) => _dice.Below(oneOf) == 0;
}
