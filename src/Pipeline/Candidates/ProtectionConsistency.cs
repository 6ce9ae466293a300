using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Objects used twice, objects about targets that do not exist, grades that contradict each other.</summary>
internal static class ProtectionConsistency
{
    public static void Check(Candidate candidate, YamlMapping map, FaultList faults)
    {
        var said = candidate.Protection;
        var at = map["protection"]?.At ?? map.At;
        foreach (var twice in said.Objects.GroupBy(o => o.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            faults.Add(at, $"测评对象 {twice.Key} 重复", "唯一的编号", $"id: {twice.Key}-2");
        }

        var known = candidate.Targets().Select(t => t.TargetId).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, target) in said.Objects.SelectMany(o => o.Targets.Select(t => (o.Id, t))).Where(t => !known.Contains(t.t)))
        {
            faults.Add(at, $"测评对象 {id} 的 target {target} 不存在", known.Count == 0 ? "endpoints、hosts 等里登记的目标" : $"其中之一：{string.Join("、", known.Take(20))}", "targets: [host:app-server]");
        }

        var highest = said is { InformationLevel: { } s, ServiceLevel: { } a } ? Math.Max(s, a) : (int?)null;
        if (highest is not null && candidate.ProtectionLevel is { } level && level != highest)
        {
            faults.Add(at, $"S 为 {said.InformationLevel}、A 为 {said.ServiceLevel}，而 protectionLevel 是 {level}", "protectionLevel 等于两者中高的一个");
        }
        else if (candidate.ProtectionLevel is { } top && (said.InformationLevel > top || said.ServiceLevel > top))
        {
            faults.Add(at, "S 或 A 高于 protectionLevel", "protectionLevel 等于两者中高的一个");
        }
    }
}
