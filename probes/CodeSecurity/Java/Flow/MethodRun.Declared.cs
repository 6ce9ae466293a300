using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a project declares of methods that are in the tree, beside what their bodies do.</summary>
internal sealed partial class MethodRun
{
    private FlowValue OfProject(List<ProgramMethod> methods, CallSite site, FlowValue result)
    {
        if (_apis.Own.IsEmpty)
        {
            return result;
        }

        var declared = methods.ConvertAll(m => _apis.Own.Find(m, _program));
        foreach (var api in declared.OfType<ApiMethod>().Distinct())
        {
            if (api.Weakness >= 0)
            {
                Sink(site, api);
            }

            if (api.Known.Source is { } source)
            {
                var place = Place(site.Span);
                result = result.WithMarks(TaintMarks.Union(result.Marks, [new TaintMark(new ForeignOrigin(place, source, FlowTrust.Remote), 0, new TaintStep(place, $"外部输入（{source}）", null))]));
            }
        }

        // Whatever the call may mean has to clean.
        var cleaned = declared.Aggregate(ulong.MaxValue, (mask, api) => mask & (api?.Cleans ?? 0));
        return cleaned == 0 ? result : result.WithMarks(TaintMarks.Clean(result.Marks, cleaned));
    }

    private void AssumeOfProject(JavaCall call, bool truth)
    {
        if (!truth || _apis.Own.IsEmpty || Meant(call) is not { Count: > 0 } methods)
        {
            return;
        }

        var declared = methods.ConvertAll(m => _apis.Own.Find(m, _program));
        var guarded = declared.Aggregate(ulong.MaxValue, (mask, api) => mask & (api?.Guards ?? 0));
        if (guarded != 0 && declared[0]!.Known.At is [var place, ..] && place < call.Arguments.Length)
        {
            CleanPlace(call.Arguments[place], guarded);
        }
    }
}
