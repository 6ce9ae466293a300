using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// What points of an FAQ do beside the requirements that name them. They only make things worse or keep them open: a point makes no aspect yes
/// and no bound higher.
/// </summary>
internal sealed class GuidanceEffects(IReadOnlyList<GuidancePoint> points, Candidate candidate)
{
    /// <summary>Asked at a unit; those whose answer the tool has no other way to know.</summary>
    public IReadOnlyList<PointQuestion> QuestionsOf(Control control) => Ask(p => p.Controls.Contains(control.Key, StringComparer.Ordinal));

    /// <summary>Asked at an item of the high-risk guide.</summary>
    public IReadOnlyList<PointQuestion> QuestionsOf(HighRiskItem item) => Ask(p => p.Items.Contains(item.Code, StringComparer.Ordinal));

    /// <summary>An answer as it counts for one control once the choices it names are taken into it.</summary>
    public CryptoAnswer On(CryptoAnswer answer, Control control)
    {
        var chosen = answer.Points.Select(a => (a.Point, Choice: Find(a, control))).Where(c => c.Choice is { } choice && (choice.Denies.Count > 0 || choice.AtMost is not null)).ToList();
        if (chosen.Count == 0)
        {
            return answer;
        }

        bool? Of(Aspect aspect) => chosen.Exists(c => c.Choice!.Denies.Contains(aspect)) ? false : answer.Of(aspect);
        var limits = chosen.Select(c => c.Choice!.AtMost).OfType<Verdict>().ToList();
        var says = string.Join("；", chosen.Select(c => $"{c.Point} {c.Choice!.Word}（{c.Choice.Says}）"));
        return answer with
        {
            D = Of(Aspect.D), A = Of(Aspect.A), K = Of(Aspect.K),
            Verdict = limits.Contains(Verdict.NotSatisfied) ? Verdict.NotSatisfied : limits.Count > 0 && answer.Verdict == Verdict.Satisfied ? Verdict.Partial : answer.Verdict,
            Statement = answer.Statement is { } own ? $"{own}；{says}" : says,
        };
    }

    /// <summary>What findings on one object mean together.</summary>
    /// <returns>An aspect, no or still open, and why.</returns>
    public IEnumerable<(Aspect Aspect, bool IsNo, AspectSource Source)> Together(
        Control control, IReadOnlyList<(Judgement Judgement, Requirement Requirement, ControlClaim Claim)> claims)
    {
        foreach (var point in points.Where(p => p.Joint is not null && p.Controls.Contains(control.Key, StringComparer.Ordinal)))
        {
            var joint = point.Joint!;
            if (!claims.Any(c => joint.Beside.Contains(c.Requirement.Id, StringComparer.Ordinal)))
            {
                continue;
            }

            var failing = claims.Where(c => joint.Failing.Contains(c.Requirement.Id, StringComparer.Ordinal)).Select(c => c.Judgement).DistinctBy(j => (j.RequirementId, j.TargetId)).ToList();
            foreach (var judgement in failing.Where(j => j.Verdict is Verdict.NotSatisfied or Verdict.Partial or Verdict.NeedsReview))
            {
                var isNo = judgement.Verdict != Verdict.NeedsReview;
                foreach (var aspect in joint.Denies)
                {
                    var source = AspectDecision.Source(judgement, isNo ? false : null);
                    yield return (aspect, isNo, source with { Sentence = $"{point.Id} {point.Says}：{source.Sentence}" });
                }
            }
        }
    }

    /// <summary>Why a 不适用 is not taken; null where nothing speaks against it.</summary>
    public string? Refuses(Control control) => points
        .Where(p => p.Refuses is { } r && r.Controls.Contains(control.Key, StringComparer.Ordinal) && (!r.IsOfRemoteHosts || candidate.Hosts.Any(h => h.Address is not null)))
        .Select(p => $"{p.Id} {p.Says}").FirstOrDefault();

    /// <summary>Documents that points ask for and the candidate does not hand in, each as a sentence.</summary>
    public IEnumerable<string> Missing(IReadOnlyList<Document> read) => points
        .Where(p => p.Needs is { } needs && candidate.Deployment is { } deployment && needs.Deployments.Contains(deployment)
            && !read.Any(d => needs.Kind.All(w => d.MaterialKind.Contains(w, StringComparison.Ordinal))))
        .Select(p => $"{p.Id} {p.Says}；部署方式为{candidate.Deployment!.Value.Name()}，materials 里没有 kind 含{string.Concat(p.Needs!.Kind.Select(k => $"“{k}”"))}的、读得出的文件");

    private GuidanceChoice? Find(PointAnswer answer, Control control) => points
        .Where(p => p.Id == answer.Point && p.Controls.Contains(control.Key, StringComparer.Ordinal))
        .SelectMany(p => p.Choices).FirstOrDefault(c => c.Word == answer.Word);

    private List<PointQuestion> Ask(Func<GuidancePoint, bool> where) =>
        [.. points.Where(p => p.Asks is not null && where(p)).Select(p => new PointQuestion(p.Id, p.Asks!, [.. p.Choices.Select(c => c.Word)]))];
}
