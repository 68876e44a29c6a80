import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The report's row of a deployment (projection): creditCost = free + purchased + unpaid + refunded. */
@Entity({ name: 'deployment_revenue', synchronize: false })
export class DeploymentRevenueEntity {
  @PrimaryColumn({ name: 'user_id', type: 'text', collation: 'C' })
  userId: string;

  @PrimaryColumn({ name: 'deployment_id', type: 'text', collation: 'C' })
  deploymentId: string;

  @Column({ name: 'module_id', type: 'text', collation: 'C' })
  moduleId: string;

  /** Null: a module of the platform's own. */
  @Column({ name: 'partner_id', type: 'text', collation: 'C', nullable: true })
  partnerId: string | null;

  @Column({ name: 'deployed_at', type: 'timestamptz' })
  deployedAt: string;

  @Column({ name: 'credit_cost', type: 'numeric', precision: 18, scale: 6 })
  creditCost: string;

  @Column({ name: 'free_credits', type: 'numeric', precision: 18, scale: 6 })
  freeCredits: string;

  @Column({ name: 'purchased_credits', type: 'numeric', precision: 18, scale: 6 })
  purchasedCredits: string;

  @Column({ name: 'unpaid_credits', type: 'numeric', precision: 18, scale: 6 })
  unpaidCredits: string;

  @Column({ name: 'refunded_credits', type: 'numeric', precision: 18, scale: 6 })
  refundedCredits: string;

  /** The value taken from purchased lots. */
  @Column({ name: 'gross_revenue', type: 'numeric', precision: 24, scale: 6 })
  grossRevenue: string;

  /** The gross that a partner shares in: 0 on platform modules. */
  @Column({ name: 'shared_gross', type: 'numeric', precision: 24, scale: 6 })
  sharedGross: string;
}
