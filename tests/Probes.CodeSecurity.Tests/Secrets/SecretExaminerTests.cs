using System.Diagnostics;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Keys and passwords in source text.</summary>
public sealed class SecretExaminerTests
{
    private static readonly SecretExaminer Examiner = new(new SecretRules(Tables.Secrets));

    [Fact]
    public void Every_pattern_finds_its_bad_texts_and_none_finds_a_good_one()
    {
        var wrong = SecretFixtures.Verify(Tables.Secrets);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void A_long_value_shows_four_characters_and_its_digest_and_a_short_one_its_length()
    {
        const string Key = "9f2c47b1d8e05a36c9b7e14f2a8d6053";
        var found = Look("sm4.yml", SourceLanguage.Yaml, $"crypto:\n  sm4-key: {Key}\nspring:\n  password: Gov@2024\n");
        Assert.Equal(["SEC-SM4-01", "SEC-PWD-01"], found.Select(d => d.RuleId));
        Assert.Equal([2, 4], found.Select(d => d.Line));
        Assert.Contains(Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes(Key))), found[0].Message, StringComparison.Ordinal);
        Assert.Contains("9f2c…", found[0].Code, StringComparison.Ordinal);
        Assert.Contains("8 个字符", found[1].Code, StringComparison.Ordinal);
        Assert.All(found, d => Assert.False(Shows(d, Key[4..], "Gov@2024"), d.Code));
    }

    [Fact]
    public void What_stands_in_for_a_secret_is_none_and_a_default_in_a_reference_is_a_doubtful_one()
    {
        Assert.Empty(Look("a.yml", SourceLanguage.Yaml, "password: ${DB}\ntoken: ${T:}\npassword: changeme\npassword: <your password>\npassword: '***'\n"));
        var doubtful = Assert.Single(Look("a.yml", SourceLanguage.Yaml, "password: ${DB:Gov@2024}\n"));
        Assert.Equal((CodeConfidence.Low, Severity.Minor), (doubtful.Confidence, doubtful.Severity));
        Assert.Equal(CodeConfidence.Low, Assert.Single(Look("src/test/resources/a.yml", SourceLanguage.Yaml, "password: Gov@2024\n")).Confidence);
    }

    [Theory]
    [InlineData("package.json", "\"pbkdf2-password\": \"1.2.1\",", true)]
    [InlineData("package.json", "\"generate-password\": \"^1.7.0\",", true)]
    [InlineData("package.json", "\"password\": \"Gov@2024\",", false)]
    [InlineData("config.json", "\"password\": \"1.2.1\",", false)]
    public void A_package_with_such_a_name_has_a_version_and_no_password(string name, string line, bool isQuiet) =>
        Assert.Equal(isQuiet, Look(name, SourceLanguage.Json, "{\n  " + line + "\n  \"a\": 1\n}\n").Count == 0);

    [Theory]
    [InlineData("88888888")]
    [InlineData("$Gov#2024")]
    [InlineData("@Gov2024")]
    [InlineData("/Gov2024")]
    [InlineData("%Gov2024")]
    [InlineData("Change1ng@2024")]
    [InlineData("Example#Zk82")]
    [InlineData("dbpasswordgov")]
    public void What_may_be_a_password_is_told_as_doubtful(string value) =>
        Assert.Equal(CodeConfidence.Low, Assert.Single(Look("a.yml", SourceLanguage.Yaml, $"spring:\n  password: {value}\n")).Confidence);

    [Theory]
    [InlineData("${DB_PASSWORD}")]
    [InlineData("@db.password@")]
    [InlineData("%DB_PASSWORD%")]
    [InlineData("$DB_PASSWORD")]
    [InlineData("/run/secrets/db")]
    [InlineData("<your-password>")]
    [InlineData("your_password_here")]
    [InlineData("********")]
    [InlineData("db-password")]
    [InlineData("example.secret")]
    public void What_refers_to_a_password_is_none(string value) => Assert.Empty(Look("a.yml", SourceLanguage.Yaml, $"spring:\n  password: {value}\n"));

    [Theory]
    [InlineData("psalm.xml", SourceLanguage.Xml, "  AllowNoPassword: bool,\n  LogoutOnPasswd:  bool|null\n", 0)]
    [InlineData("shape.yml", SourceLanguage.Yaml, "password: ?string\npasswords: string[]\npwd: int|string|null\n", 0)]
    [InlineData("a.properties", SourceLanguage.Properties, "db.password=bool\n", 1)]
    [InlineData("a.yml", SourceLanguage.Yaml, "password: \"bool\"\n", 1)]
    [InlineData("a.yml", SourceLanguage.Yaml, "password: bool1\npassword: object\npassword: null2024\n", 3)]
    public void The_type_of_a_password_is_none_where_it_stands_behind_a_colon(string path, SourceLanguage language, string text, int found) => Assert.Equal(found, Look(path, language, text).Count);

    [Theory]
    [InlineData("Client.php", SourceLanguage.Php, "$o[\\CURLOPT_USERPWD] = \"$value[0]:$value[1]\";", 0)]
    [InlineData("Client.php", SourceLanguage.Php, "$password = \"$this->name1:$this->pass1\"; $passwd = \"$user1:$pass1\";", 0)]
    [InlineData("Client.php", SourceLanguage.Php, "$password = '$Gov:2024'; $passwd = 'a$value[0]';", 2)]
    [InlineData("a.php", SourceLanguage.Php, "const C = 'AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';", 0)]
    [InlineData("a.php", SourceLanguage.Php, "$c = 'SERVER={0};UID={1};PWD={2}'; $d = 'Server=h;Pwd={pass};'; $e = 'Server=h;Pwd={a}b;';", 1)]
    public void Names_of_values_and_keys_printed_in_manuals_are_no_secrets(string path, SourceLanguage language, string text, int found) =>
        Assert.Equal(found, Look(path, language, "<?php " + text).Count);

    [Fact]
    public void Doubtful_ones_do_not_push_out_what_is_sure()
    {
        var found = Look("a.yml", SourceLanguage.Yaml, string.Concat(Enumerable.Range(0, 3000).Select(i => $"password: ${{DB:Gov@{i}}}\n")) + "password: Zk8#qPw2xLm9\n");
        Assert.Equal((500, 1), (found.Count(d => d.Confidence == CodeConfidence.Low), found.Count(d => d.Confidence == CodeConfidence.High || d.Confidence == CodeConfidence.Medium)));
        Assert.DoesNotContain(found, d => d.RuleId == SecretExaminer.UnfinishedId);
    }

    [Fact]
    public void Two_secrets_of_one_line_are_both_blackened()
    {
        var found = Look("Db.java", SourceLanguage.Java, "String u = \"jdbc:mysql://h/d?user=a&password=Gov@2024\", k = \"LTAI5tGx7QmZr2VbK9wPn4Yd\";");
        Assert.Equal(2, found.Count);
        Assert.All(found, d => Assert.False(Shows(d, "Gov@2024", "Gx7QmZr2"), d.Code));
    }

    [Theory]
    [InlineData("a.yml", "url: jdbc:mysql://root:~S@h/db?password=~S")]
    [InlineData("a.yml", "password: ~S # ~S")]
    [InlineData("a.yml", "password: \"~S\" # as ~S says")]
    [InlineData("a.py", "password = a if x else '~S'; password = '~S'")]
    [InlineData("A.java", "String password = \"~S\"; /* ~S */ use('~S'); // ~S")]
    [InlineData("A.java", "String password = \"~S\", other = \"~T\"; /* ~T */")]
    [InlineData("a.py", "password = '~S'; h = hashlib.md5(b'~S'); u = 'git+https://u:~T@h/p'")]
    [InlineData("a.sh", "export PASSWORD='~S'; curl https://u:~S@h/?p=~S")]
    public void No_other_place_of_a_shown_line_tells_a_secret(string path, string line)
    {
        const string Secret = "Zk8#qPw2xLm9vTr5";
        const string Other = "Yh6$wKd3bNf8";
        var text = line.Replace("~S", Secret, StringComparison.Ordinal).Replace("~T", Other, StringComparison.Ordinal);
        var source = new SourceFile(path, LanguageNames.Of(path, text), text, "utf-8", 1);
        foreach (var found in new[] { Examiner.Examine(Tokenizer.Tokenize(source)), Examiner.Examine(new TokenizedSource(source, [])) }.SelectMany(f => f.Defects))
        {
            Assert.False(Shows(found, Secret[4..], Other), found.Code);
        }

        Assert.NotEmpty(Examiner.Examine(Tokenizer.Tokenize(source)).Defects);
    }

    [Theory]
    [InlineData("a.yml", "password: 123456\n")]
    [InlineData("a.yml", "redis: {password: \"$Gov#2024\"}\n")]
    [InlineData("a.yml", "password: \"管理员2024\"\n")]
    [InlineData("a.properties", "spring.datasource.password=管理员2024\n")]
    [InlineData("A.java", "String password = \"管理员@2024\";\n")]
    [InlineData("V1.sql", "INSERT INTO sys_user (id, name, password) VALUES (1, 'zhangwei', 'Gov@2024');\n")]
    public void Passwords_in_other_clothes_are_seen_and_not_shown(string path, string text)
    {
        var source = new SourceFile(path, LanguageNames.Of(path, text), text, "utf-8", 1);
        var found = Examiner.Examine(Tokenizer.Tokenize(source)).Defects;
        Assert.NotEmpty(found);
        Assert.All(found, d => Assert.False(Shows(d, "123456", "2024"), d.Code));
    }

    [Fact]
    public void A_finding_keeps_its_fingerprint_when_lines_move_and_equal_lines_have_their_own()
    {
        var once = Look("a.yml", SourceLanguage.Yaml, "password: Gov@2024\n");
        var twice = Look("a.yml", SourceLanguage.Yaml, "# moved\n\npassword: Gov@2024\npassword: Gov@2024\n");
        Assert.Equal(once[0].Fingerprint, twice[0].Fingerprint);
        Assert.Equal(2, twice.Select(d => d.Fingerprint).Distinct().Count());
    }

    [Fact]
    public void General_patterns_are_doubtful_in_comments()
    {
        const string Text = "// password = \"Gov@2024\"\n";
        var source = new SourceFile("A.java", SourceLanguage.Java, Text, "utf-8", 2);
        var found = Examiner.Examine(new TokenizedSource(source, [new CodeToken(CodeTokenKind.Comment, 0, Text.Length - 1, 1)])).Defects;
        Assert.Equal(CodeConfidence.Low, Assert.Single(found).Confidence);
    }

    [Fact]
    public void Broken_and_hostile_texts_end_in_time_and_leak_nothing()
    {
        var dice = new SeededBytes(61);
        var texts = Tables.Secrets.SelectMany(t => t.Patterns).SelectMany(p => p.Bad).Select(f => f.Sewn).ToList();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 400; i++)
        {
            var bytes = dice.Mutate(Encoding.UTF8.GetBytes(string.Join('\n', texts.Skip(dice.Below(texts.Count)).Take(6))));
            Assert.All(Look("a.yml", i % 2 == 0 ? SourceLanguage.Yaml : SourceLanguage.Java, Encoding.UTF8.GetString(bytes)), d => Assert.True(d.Code.Length <= 200 && d.Line >= 1));
        }

        Assert.NotEmpty(Look("min.js", SourceLanguage.JavaScript, string.Concat(Enumerable.Repeat("password:\"Gov@2024x\",secret_key:", 30_000))));
        Assert.NotEmpty(Look("a.yml", SourceLanguage.Yaml, string.Concat(Enumerable.Repeat("password: Gov@2024x\n", 30_000))));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
    }

    [Fact]
    public void A_pattern_without_both_kinds_of_fixtures_is_refused()
    {
        const string Head = "secrets: s\nversion: \"1\"\ntitle: t\nsource: s\nconfidence: 待核\npatterns:\n- id: A-1\n  title: t\n  group: cloud\n  keywords: [ab]\n  regex: '(?<value>ab)'\n  severity: major\n  confidence: high\n  remedy: r\n";
        Assert.Single(Faults(Head + "  bad: [{file: a, text: ab}]\n"));
        Assert.Single(Faults(Head + "  good: [{file: a, text: cd}]\n"));
        Assert.Empty(Faults(Head + "  bad: [{file: a, text: ab}]\n  good: [{file: a, text: cd}]\n"));
        Assert.NotEmpty(Faults(Head.Replace("(?<value>ab)", "(?<value>a(?=b))", StringComparison.Ordinal) + "  bad: [{file: a, text: ab}]\n  good: [{file: a, text: cd}]\n"));
    }

    private static List<string> Faults(string yaml)
    {
        var faults = new FaultList();
        var table = new SecretTableReader(faults).Read("a.yaml", Encoding.UTF8.GetBytes(yaml));
        Assert.Equal(faults.Faults.Count == 0, table is not null);
        return [.. faults.Faults.Select(f => f.ToString())];
    }

    private static bool Shows(CodeDefect defect, params IReadOnlyList<string> secrets) => secrets.Any(s => (defect.Message + defect.Code).Contains(s, StringComparison.Ordinal));

    private static IReadOnlyList<CodeDefect> Look(string path, SourceLanguage language, string text) =>
        Examiner.Examine(new TokenizedSource(new SourceFile(path, language, text, "utf-8", text.AsSpan().Count('\n') + 1), [])).Defects;
}
