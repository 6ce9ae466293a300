namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Under a flow the statement is shown, and never a secret.</summary>
public sealed class StatementMaskTests
{
    [Theory]
    [InlineData("stmt.executeUpdate(\"update users set password='\" + adminpass + \"' where name='\" + n + \"'\");", "stmt.executeUpdate(\"update users set password='\" + adminpass + \"' where name='\" + n + \"'\");")]
    [InlineData("t.queryForList(\"select * from t where k = \" + e.getKey());", "t.queryForList(\"select * from t where k = \" + e.getKey());")]
    [InlineData("stmt.executeQuery(\"select * from u where name='\" + u + \"' and password='\" + p + \"'\");", "stmt.executeQuery(\"select * from u where name='\" + u + \"' and password='\" + p + \"'\");")]
    [InlineData("ldap.authenticate(\"\", filter, password);", "ldap.authenticate(\"\", filter, password);")]
    [InlineData("q(\"update u set password = #{p.password}, pwd = ${pwd} where token = :token and secret=?\");", "q(\"update u set password = #{p.password}, pwd = ${pwd} where token = :token and secret=?\");")]
    [InlineData("@RequestMapping(\"/shipping\") // spinning", "@RequestMapping(\"/shipping\") // spinning")]
    [InlineData("q(\"select * from u where name='bob' and pwd = \" + p);", "q(\"select * from u where name='***' and pwd = \" + p);")]
    public void Statements_stay(string line, string shown) => Assert.Equal(shown, SecretMask.ShowStatement(line));

    /// <summary>Secrets that look like words, numbers, phrases and noise, wherever a line can hold one.</summary>
    [Fact]
    public void No_secret_is_shown()
    {
        var random = new Random(20260101);
        string[] forms =
        [
            "String password = \"{0}\";", "if (password.equals(\"{0}\")) {{", "if (\"{0}\".equals(password)) {{", "user.setPassword(\"{0}\");", "m.put(\"password\", \"{0}\");", "login(\"admin\", \"{0}\", password);",
            "DriverManager.getConnection(url, \"root\", \"{0}\"); // password", "q(\"select * from u where pwd='{0}'\");", "q(\"select * from u where pwd='\" + p + \"' or pwd='{0}'\");", "q(\"update u set password={0} where a='\" + n);",
            "q(\"insert into u(name, password) values ('a', '{0}')\");", "q(\"' and token='{0}' and b='\" + x);", "q(\"create user a identified by '{0}' or a = 1\");", "q(\"select 1 from t where key = \" + k + \"{0}\");",
            "// password: {0}", "p(token); /* {0} */", "q(\"select 1 from u where secret = '{0}\" + x);", "s = x + '\"' + \"{0}\" + '\"' + password;", "pwd = a ? \"{0}\" : \"b\";", "String keyText = \"select {0} from t \";",
            "q(\"select 1 from t where password=${0} and a = 1\");", "q(\"select 1 from t where pwd=#{0}\");", "q(\"select 1 from t where pwd = %{0}\");", "String salt = \"{0}\";", "cipher.init(userPin, \"{0}\");", "card.verify(\"{0}\", PIN);", "mail.setAuthCode(\"{0}\");",
            "q(\"select 1 from t where pin = {0}\");", "password + '\"' + \"{0}\";", "p = \"\"\" + x + \"{0}\" + password;",
        ];
        foreach (var form in forms)
        {
            for (var round = 0; round < 60; round++)
            {
                var secret = Secret(random, round);
                var line = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, secret);
                Assert.False(SecretMask.ShowStatement(line).Contains(secret, StringComparison.Ordinal), $"{line} → {SecretMask.ShowStatement(line)}");
            }
        }
    }

    private static string Secret(Random random, int round)
    {
        const string Letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789#@!_";
        string Piece(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)]));
        return (round % 4) switch
        {
            0 => Piece(6 + random.Next(14)),
            1 => string.Concat(Enumerable.Range(0, 6 + random.Next(4)).Select(_ => (char)('0' + random.Next(10)))),
            2 => new[] { "changeme", "letmein", "administrator", "Passw0rd", "welcome1" }[random.Next(5)],
            _ => $"{Piece(4)}-{Piece(4)}",
        };
    }
}
