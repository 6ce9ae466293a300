using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Calls that foreign values must not reach, and settings of objects that make them harmless.</summary>
internal sealed partial class MethodRun
{
    private void Sink(CallSite site, ApiMethod api)
    {
        var known = api.Known;
        if (known.Always)
        {
            _book.Tell(new FoundFlow(api.Weakness, Place(site.Span), null));
            return;
        }

        if (known.Acts is { } act && act.StartsWith("part-required ", StringComparison.Ordinal))
        {
            Require(site, api.Weakness, act["part-required ".Length..]);
            return;
        }

        if (IsSettled(known, site))
        {
            return;
        }

        IEnumerable<int> places = known.At.Count > 0 ? known.At : Enumerable.Range(0, site.Arguments.Count);
        foreach (var place in places)
        {
            if (api.Matches is { } expression)
            {
                var value = place == ApiMethod.Receiver ? site.Receiver : place < site.Arguments.Count ? site.Arguments[place] : null;
                var text = Said(value?.Constant);
                if (text is not null && expression.IsMatch(text))
                {
                    _book.Tell(new FoundFlow(api.Weakness, Place(site.Span), null));
                }
            }
            else
            {
                Reach(api.Weakness, Place(site.Span), MarksAt(site, place), $"{site.Name} 使用");
            }
        }
    }

    /// <summary>An object that was made here must have had a part set to true.</summary>
    private void Require(CallSite site, int weakness, string part)
    {
        foreach (var number in site.Arguments.Count > 0 ? site.Arguments[0].Objects : [])
        {
            if (ObjectAt(number) is { Input: null } one && !(one.Parts.TryGetValue(part, out var value) && value.Constant is true))
            {
                _book.Tell(new FoundFlow(weakness, Place(site.Span), null));
            }
        }
    }

    /// <summary>Every object it may be called on has what makes it harmless.</summary>
    private bool IsSettled(FlowMethod known, CallSite site)
    {
        var objects = site.Receiver?.Objects ?? [];
        if (objects.Length == 0)
        {
            return false;
        }

        bool Holds(int number, string part) => ObjectAt(number) is { } one && one.Parts.TryGetValue(part, out var value) && value.Constant is true;
        return known.Acts is { } act && act.StartsWith("unless-part ", StringComparison.Ordinal)
            ? Array.TrueForAll(objects, o => Holds(o, act["unless-part ".Length..]))
            : known.Unless.Count > 0 && Array.TrueForAll(objects, o => known.Unless.Any(parts => parts.All(p => Holds(o, p))));
    }

    /// <summary>Remembers in an object what a call settles for it.</summary>
    private void Settle(ApiMethod api, CallSite site, FlowValue? target)
    {
        foreach (var note in api.Notes)
        {
            var isMeant = note.First is null || (Said(At(site, 0).Constant) is { } first && note.First.IsMatch(first));
            if (target is null || !isMeant)
            {
                continue;
            }

            var holds = (note.Second is null || (Said(At(site, 1).Constant) is { } second && note.Second.IsMatch(second)))
                && (note.Type is null || site.Arguments.Any(a => a.Type is { } type && IsNarrower(type, note.Type)));
            Write(target, note.Part, FlowValue.Of(holds));
        }
    }

    private static string? Said(object? constant) => constant switch
    {
        string words => words,
        DeployedText deployed => deployed.Value,
        bool truth => truth ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
