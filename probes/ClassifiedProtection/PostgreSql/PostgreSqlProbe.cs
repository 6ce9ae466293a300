using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>PostgreSQL and what is made of it. One observation a cluster: of several the worst counts.</summary>
public sealed class PostgreSqlProbe : HostProbe<PostgreSqlSettings>
{
    private static readonly string[] Places =
        ["/etc/postgresql/*/*/postgresql.conf", "/var/lib/pgsql/data/postgresql.conf", "/var/lib/pgsql/*/data/postgresql.conf"];

    public override ProbeManifest Manifest { get; } = About("postgresql", "PostgreSQL 配置", "PostgreSQL 的口令、访问规则、加密与审计怎样配置？");

    internal override IReadOnlyList<DatabaseProduct> Products => [DatabaseProduct.PostgreSql];

    internal override Seen<PostgreSqlSettings> Read(HostSnapshot snapshot) => ReadAll(snapshot)[0];

    internal override IReadOnlyList<Seen<PostgreSqlSettings>> ReadAll(HostSnapshot snapshot) => ReadAll(snapshot, []);

    internal override IReadOnlyList<Seen<PostgreSqlSettings>> ReadAll(HostSnapshot snapshot, IReadOnlyList<RunningValues> running)
    {
        var starts = PostgreSqlStart.Of(snapshot);
        var mains = snapshot.Among(Places).ToList();
        var readings = mains.ConvertAll(m => PostgreSqlReading.Of(snapshot, m, starts));
        foreach (var start in starts.Where(s => s.Folder is not null && !readings.Exists(r => r.IsOf(s))))
        {
            // Another folder than the usual ones; where nobody collected it, nobody knows.
            readings.Add(PostgreSqlReading.Of(snapshot, $"{start.Folder}/postgresql.conf", starts));
        }

        var alone = running.Where(r => !readings.Exists(c => c.Takes(r))).Select(PostgreSqlReading.Of).ToList();
        IReadOnlyList<PostgreSqlReading> all = [.. readings, .. alone];
        return all.Count == 0 ? [DatabaseSigns.NoConfiguration<PostgreSqlSettings>(snapshot, "PostgreSQL", "postgres", "postmaster")] : [.. all.Select(r => r.Seen(snapshot))];
    }
}
